package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
                    .forEach(this::apply);
            on(date).waiting().stream()
                    .filter(entry -> !entry.closesAt().isAfter(now))
                    .forEach(entry -> settle(entry.become(WaitlistStatus.EXPIRED)));
        }
    }

    /** Makes a change on every day of the step, settles the entry that it was offered to, and passes on what it frees. */
    void apply(ReservationChange change) {
        Reservation after = change.after();
        Optional<WaitlistEntry> offered = on(after.date()).offeredBy(after.id());
        reservationChanges.add(change);
        days.replaceAll((date, day) -> day.after(change));
        offered.flatMap(entry -> answered(entry, after.status())).ifPresent(this::settle);
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
        apply(made);
        settle(entry.offered(WaitlistEntry.Offer.of(made.after())));
    }

    void join(WaitlistEntry entry) {
        put(entry, WaitlistChange.joined(entry));
        offer(entry.wish().date());
    }

    void retime(WaitlistEntry entry) {
        put(entry, WaitlistChange.changed(entry));
    }

    void settle(WaitlistEntry entry) {
        put(entry, WaitlistChange.to(entry));
    }

    private void put(WaitlistEntry entry, WaitlistChange change) {
        days.computeIfPresent(entry.wish().date(), (date, day) -> day.after(entry));
        waitlistChanges.add(change);
    }

    boolean hasChangedReservations() {
        return !reservationChanges.isEmpty();
    }

    /** What has become of the days, each that changed one version further. */
    DayStep step(List<Decision> decisions, Set<LocalDate> reached) {
        DayStep step = new DayStep(days, decisions, reservationChanges, waitlistChanges, reached);
        step.changedDays().forEach(day -> days.put(day.plan().date(), day.committed()));
        return step;
    }
}
