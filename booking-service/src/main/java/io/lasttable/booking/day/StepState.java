package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The days of a step on its way, and what has been changed. Whatever frees a table is followed at once by offers to those in
 * line: first come first served, each the earliest start that suits. So nobody who asks later can take what frees up for
 * somebody who waits.
 */
final class StepState {

    private final SortedMap<LocalDate, Day> days;
    private final Rules rules;
    private final Instant now;
    private final List<ReservationChange> reservationChanges = new ArrayList<>();
    private final List<WaitlistChange> waitlistChanges = new ArrayList<>();
    private final Map<UUID, Long> tickets = new HashMap<>();

    StepState(SortedMap<LocalDate, Day> before, Rules rules, Instant now) {
        this.days = new TreeMap<>(before);
        this.rules = rules;
        this.now = now;
    }

    Optional<Day> here(LocalDate date) {
        return Optional.ofNullable(days.get(date));
    }

    Day on(LocalDate date) {
        return here(date).orElseThrow();
    }

    Optional<Reservation> reservation(UUID id) {
        return days.values().stream()
                .flatMap(day -> day.reservation(id).stream())
                .findFirst();
    }

    Optional<WaitlistEntry> entry(UUID id) {
        return days.values().stream().flatMap(day -> day.entry(id).stream()).findFirst();
    }

    /** Holds that ran out leave, but for those that are spared; entries whose last start has passed are closed. */
    void passTime(Set<UUID> spared) {
        for (LocalDate date : List.copyOf(days.keySet())) {
            on(date).expireHolds(now).stream()
                    .filter(change -> !spared.contains(change.after().id()))
                    .forEach(change -> apply(change, Origin.EXPIRY));
            on(date).waiting().stream()
                    .filter(entry -> !entry.closesAt().isAfter(now))
                    .forEach(entry -> settle(entry.become(WaitlistStatus.EXPIRED), Origin.EXPIRY));
        }
    }

    /** Makes a change on every day of the step, settles the entry that it was offered to, and passes on what it frees. */
    void apply(ReservationChange change, Origin origin) {
        Reservation after = change.after();
        Optional<WaitlistEntry> offered = on(after.date()).offeredBy(after.id());
        reservationChanges.add(change.by(origin));
        days.replaceAll((date, day) -> day.after(change));
        offered.flatMap(entry -> answered(entry, after.status())).ifPresent(entry -> settle(entry, origin));
        if (change.frees()) {
            offer(change.before().orElseThrow().date());
        }
    }

    private static Optional<WaitlistEntry> answered(WaitlistEntry entry, Status hold) {
        return switch (hold) {
            case CONFIRMED -> Optional.of(entry.become(WaitlistStatus.ACCEPTED));
            case CANCELLED -> Optional.of(entry.become(WaitlistStatus.DECLINED));
            case EXPIRED -> Optional.of(entry.become(WaitlistStatus.EXPIRED));
            default -> Optional.empty();
        };
    }

    /** Whatever has made it free: nobody is looked at before those who wait. */
    void offerToAll() {
        List.copyOf(days.keySet()).forEach(this::offer);
    }

    /** Offers what is free to those in line; who wants just what another could not have is not tried again. */
    void offer(LocalDate date) {
        Set<WaitlistWish> tried = new HashSet<>();
        for (WaitlistEntry entry : on(date).waiting()) {
            if (!tried.contains(entry.wish()) && entry.closesAt().isAfter(now)) {
                Optional<ReservationChange> offer = new WaitlistDecider(on(date), now).offer(entry, rules.offerFor());
                offer.ifPresentOrElse(made -> offered(entry, made), () -> tried.add(entry.wish()));
            }
        }
    }

    private void offered(WaitlistEntry entry, ReservationChange made) {
        apply(made, Origin.OFFER);
        settle(entry.offered(WaitlistEntry.Offer.of(made.after())), Origin.OFFER);
    }

    void join(WaitlistEntry entry, Origin origin) {
        put(entry, "joined", origin);
        offer(entry.wish().date());
    }

    /** It has another place in line, or other labels. */
    void relist(WaitlistEntry entry, Map<UUID, Long> places, Origin origin) {
        tickets.putAll(places);
        days.computeIfPresent(entry.wish().date(), (date, day) -> day.reordered(places));
        put(entry, "changed", origin);
    }

    /** It waits until another instant. */
    void retime(WaitlistEntry entry) {
        put(entry, "changed", Origin.VENUE);
    }

    void settle(WaitlistEntry entry, Origin origin) {
        put(entry, entry.status().label(), origin);
    }

    private void put(WaitlistEntry entry, String kind, Origin origin) {
        LocalDate date = entry.wish().date();
        days.computeIfPresent(date, (same, day) -> day.after(entry));
        OptionalInt position = here(date).map(day -> day.position(entry)).orElse(OptionalInt.empty());
        waitlistChanges.add(new WaitlistChange(kind, entry, position, Optional.of(origin)));
    }

    boolean hasChangedReservations() {
        return !reservationChanges.isEmpty();
    }

    /** What has become of the days, each that changed one version further. */
    DayStep step(List<Decision> decisions, Set<LocalDate> reached) {
        DayStep step = new DayStep(days, decisions, reservationChanges, waitlistChanges, tickets, reached);
        step.changedDays().forEach(day -> days.put(day.plan().date(), day.committed()));
        return step;
    }
}
