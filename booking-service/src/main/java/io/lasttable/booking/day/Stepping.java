package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Accept;
import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Join;
import io.lasttable.booking.day.Command.Leave;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Elsewhere;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Decision.NotWaiting;
import io.lasttable.booking.day.Decision.OfferedToWaitlist;
import io.lasttable.booking.day.Decision.UnknownEntry;
import io.lasttable.booking.day.Decision.UnknownReservation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A step on its way: requests decided in order, each on what the ones before it left.
 *
 * <ol>
 *   <li>What time has done comes first: holds that ran out leave, entries whose last start has passed are closed. A hold that
 *       somebody of this very step wants to confirm is left to them.
 *   <li>Each request is decided. Where a seat would displace an expired hold, the hold leaves, those in line come first, and
 *       the request is decided again; a hold that was an offer settles its waitlist entry.
 *   <li>Whatever frees a table is followed at once, before the next request is looked at, by offers to those in line: first
 *       come first served, each the earliest start that suits. So nobody who asks later can take what frees up for somebody
 *       who waits.
 * </ol>
 *
 * Pure: the caller writes what {@link DayStep} says, or forgets it.
 */
final class Stepping {

    private final SortedMap<LocalDate, Day> days;
    private final Map<String, Receipt.Kept> known;
    private final Rules rules;
    private final Instant now;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<WaitlistChange> waitlist = new ArrayList<>();
    private final List<Receipt.Kept> receipts = new ArrayList<>();

    Stepping(SortedMap<LocalDate, Day> before, Map<String, Receipt.Kept> known, Rules rules, Instant now) {
        this.days = new TreeMap<>(before);
        this.known = new HashMap<>(known);
        this.rules = rules;
        this.now = now;
    }

    DayStep through(List<Request> requests, Set<LocalDate> reached) {
        Set<UUID> wanted = new HashSet<>();
        requests.stream()
                .map(Request::command)
                .filter(command -> command instanceof Confirm || command instanceof Accept)
                .forEach(command -> wanted.addAll(command.names()));
        passTime(wanted);
        reached.forEach(this::offer);
        requests.forEach(request -> decisions.add(answer(request)));
        if (!changes.isEmpty()) {
            passTime(Set.of());
        }
        DayStep step = new DayStep(days, decisions, changes, waitlist, receipts, reached);
        step.changedDays().forEach(day -> days.put(day.plan().date(), day.committed()));
        return step;
    }

    private void passTime(Set<UUID> spared) {
        for (LocalDate date : List.copyOf(days.keySet())) {
            days.get(date).expireHolds(now).stream()
                    .filter(change -> !spared.contains(change.after().id()))
                    .forEach(this::apply);
            days.get(date).waiting().stream()
                    .filter(entry -> !entry.closesAt().isAfter(now))
                    .forEach(entry -> settle(entry.become(WaitlistStatus.EXPIRED)));
        }
    }

    private Decision answer(Request request) {
        Optional<Decision> before = request.receipt()
                .flatMap(
                        receipt -> Optional.ofNullable(known.get(receipt.key())).map(receipt::answer));
        if (before.isPresent()) {
            return before.get();
        }
        Decision decision = decide(request.command());
        if (decision instanceof Granted granted) {
            request.receipt().flatMap(receipt -> receipt.keep(granted)).ifPresent(this::keep);
        }
        return decision;
    }

    private void keep(Receipt.Kept receipt) {
        Receipt.Kept before = known.put(receipt.key(), receipt);
        assert before == null;
        receipts.add(receipt);
    }

    private Decision decide(Command command) {
        if (command instanceof Join join) {
            return here(join.wish().date())
                    .map(day -> join(day, join))
                    .orElseGet(() -> elsewhere(join.wish().date()));
        }
        if (command instanceof Accept accept) {
            return accept(accept);
        }
        if (command instanceof Leave leave) {
            return leave(leave);
        }
        if (command instanceof Book book) {
            LocalDate date = book.wish().date();
            return here(date).map(day -> done(day, command)).orElseGet(() -> elsewhere(date));
        }
        return known(command.id())
                .map(reservation -> change(reservation, command))
                .orElseGet(UnknownReservation::new);
    }

    /** A command about a reservation, which may have moved to another date since it was last looked at. */
    private Decision change(Reservation reservation, Command command) {
        LocalDate from = reservation.date();
        LocalDate to = command instanceof Amend amend ? amend.wish().date() : from;
        if (here(from).isEmpty() || here(to).isEmpty()) {
            return new Elsewhere(new TreeSet<>(List.of(from, to)));
        }
        Optional<WaitlistEntry> offered = days.get(from).offeredBy(reservation.id());
        if (offered.isPresent()
                && command instanceof Amend amend
                && amend.wish().moves(reservation)) {
            return new OfferedToWaitlist(offered.get().id());
        }
        return done(days.get(to), command);
    }

    /**
     * Expired holds that a seat would displace leave first. What they free has then been offered to those in line, so the
     * command is decided anew on what is left.
     */
    private Decision done(Day day, Command command) {
        Decision decision = day.decide(command, now);
        if (!(decision instanceof Accepted accepted)) {
            return decision;
        }
        List<Change> displaced = day.displacedBy(accepted, now);
        if (displaced.isEmpty()) {
            apply(accepted.change());
            return decision;
        }
        displaced.forEach(this::apply);
        return done(days.get(day.plan().date()), command);
    }

    private Decision join(Day day, Join join) {
        Decision decision = new Decider(day, now).join(join, rules.mostWaiting());
        if (!(decision instanceof Listed listed)) {
            return decision;
        }
        put(listed.entry(), WaitlistChange.joined(listed.entry()));
        offer(join.wish().date());
        return new Listed(entry(join.id()).orElseThrow());
    }

    private Decision accept(Accept accept) {
        Optional<WaitlistEntry> found = entry(accept.id());
        if (found.isEmpty()) {
            return new UnknownEntry();
        }
        WaitlistEntry entry = found.get();
        boolean late = entry.status() == WaitlistStatus.EXPIRED && entry.offer().isPresent();
        if (entry.status() != WaitlistStatus.OFFERED && !late) {
            return new NotWaiting(entry.status());
        }
        UUID hold = entry.offer().orElseThrow().reservationId();
        Decision decision =
                done(days.get(entry.wish().date()), new Confirm(hold, Optional.empty(), OptionalLong.empty()));
        if (decision instanceof Accepted && late) {
            settle(entry.become(WaitlistStatus.ACCEPTED));
        }
        return decision;
    }

    private Decision leave(Leave leave) {
        Optional<WaitlistEntry> found = entry(leave.id());
        if (found.isEmpty()) {
            return new UnknownEntry();
        }
        WaitlistEntry entry = found.get();
        if (entry.status() == WaitlistStatus.ACCEPTED) {
            return new NotWaiting(entry.status());
        }
        if (entry.status() == WaitlistStatus.WAITING) {
            settle(entry.become(WaitlistStatus.WITHDRAWN));
        } else if (entry.status() == WaitlistStatus.OFFERED) {
            UUID hold = entry.offer().orElseThrow().reservationId();
            Decision declined =
                    done(days.get(entry.wish().date()), new Command.Turn(hold, Status.CANCELLED, OptionalLong.empty()));
            if (!(declined instanceof Accepted)) {
                return declined;
            }
        }
        return new Listed(entry(leave.id()).orElseThrow());
    }

    /** Makes a change on every day of the step, settles the entry that it was offered to, and passes on what it frees. */
    private void apply(Change change) {
        Reservation after = change.after();
        Optional<WaitlistEntry> offered = days.get(after.date()).offeredBy(after.id());
        changes.add(change);
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

    /** Offers what is free to those in line; who wants just what another could not have is not tried again. */
    private void offer(LocalDate date) {
        Set<WaitlistWish> tried = new HashSet<>();
        for (WaitlistEntry entry : days.get(date).waiting()) {
            if (!tried.contains(entry.wish()) && entry.closesAt().isAfter(now)) {
                Optional<Change> offer = new Decider(days.get(date), now).offer(entry, rules.offerFor());
                offer.ifPresentOrElse(made -> offered(entry, made), () -> tried.add(entry.wish()));
            }
        }
    }

    private void offered(WaitlistEntry entry, Change made) {
        apply(made);
        settle(entry.offered(WaitlistEntry.Offer.of(made.after())));
    }

    private void settle(WaitlistEntry entry) {
        put(entry, WaitlistChange.to(entry));
    }

    private void put(WaitlistEntry entry, WaitlistChange change) {
        days.computeIfPresent(entry.wish().date(), (date, day) -> day.after(entry));
        waitlist.add(change);
    }

    private Optional<Day> here(LocalDate date) {
        return Optional.ofNullable(days.get(date));
    }

    private static Decision elsewhere(LocalDate date) {
        return new Elsewhere(Set.of(date));
    }

    private Optional<Reservation> known(UUID id) {
        return days.values().stream()
                .flatMap(day -> day.reservation(id).stream())
                .findFirst();
    }

    private Optional<WaitlistEntry> entry(UUID id) {
        return days.values().stream().flatMap(day -> day.entry(id).stream()).findFirst();
    }
}
