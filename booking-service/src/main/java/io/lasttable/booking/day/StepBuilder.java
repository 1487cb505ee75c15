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
import io.lasttable.booking.day.Decision.Repeated;
import io.lasttable.booking.day.Refusal.KeyReused;
import io.lasttable.booking.day.Refusal.NotWaiting;
import io.lasttable.booking.day.Refusal.OfferedToWaitlist;
import io.lasttable.booking.day.Refusal.UnknownEntry;
import io.lasttable.booking.day.Refusal.UnknownReservation;
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
import java.util.TreeSet;
import java.util.UUID;

/**
 * Decides requests in order, each on what the ones before it left.
 *
 * <ol>
 *   <li>What time has done comes first. A hold that somebody of this very step wants to confirm is left to them.
 *   <li>Then those in line: what is free for them by now, whoever has freed it (a neighbouring day's late dinner, a new
 *       schedule), is offered before any request is looked at.
 *   <li>Each request is decided. Where a placement would displace an expired hold, the hold leaves, those in line come first,
 *       and the request is decided again; a hold that was an offer settles its waitlist entry.
 *   <li>What frees a table is offered to those in line before the next request is looked at ({@link StepState}).
 * </ol>
 *
 * Pure: the caller writes what {@link DayStep} says, or forgets it.
 */
final class StepBuilder {

    private final StepState state;
    private final Map<String, Receipt.Stored> stored;
    private final Map<Receipt, Granted> granted = new HashMap<>();
    private final Rules rules;
    private final Instant now;

    StepBuilder(SortedMap<LocalDate, Day> before, Map<String, Receipt.Stored> stored, Rules rules, Instant now) {
        this.state = new StepState(before, rules, now);
        this.stored = stored;
        this.rules = rules;
        this.now = now;
    }

    DayStep through(List<Request> requests, Set<LocalDate> reached) {
        Set<UUID> wanted = new HashSet<>();
        requests.stream()
                .map(Request::command)
                .filter(command -> command instanceof Confirm || command instanceof Accept)
                .forEach(command -> wanted.addAll(command.names()));
        state.passTime(wanted);
        state.offerToAll();
        List<Decision> decisions = new ArrayList<>();
        requests.forEach(request -> decisions.add(answer(request)));
        if (state.hasChangedReservations()) {
            state.passTime(Set.of());
        }
        return state.step(decisions, reached);
    }

    private Decision answer(Request request) {
        Optional<Decision> before = request.receipt().flatMap(this::before);
        if (before.isPresent()) {
            return before.get();
        }
        Decision decision = decide(request.command());
        if (decision instanceof Granted now && request.receipt().isPresent()) {
            granted.put(request.receipt().get(), now);
        }
        return decision;
    }

    /** What a request of the same key was told, in this step or an earlier one. */
    private Optional<Decision> before(Receipt asked) {
        if (granted.containsKey(asked)) {
            return Optional.of(new Repeated(granted.get(asked)));
        }
        boolean reused = granted.keySet().stream().anyMatch(one -> one.key().equals(asked.key()));
        return reused
                ? Optional.of(new KeyReused())
                : Optional.ofNullable(stored.get(asked.key())).map(found -> found.answer(asked));
    }

    private Decision decide(Command command) {
        if (command instanceof Join join) {
            return state.here(join.wish().date())
                    .map(day -> join(day, join))
                    .orElseGet(() -> elsewhere(join.wish().date()));
        }
        if (command instanceof Accept accept) {
            return state.entry(accept.id()).map(this::accept).orElseGet(UnknownEntry::new);
        }
        if (command instanceof Leave leave) {
            return state.entry(leave.id()).map(this::leave).orElseGet(UnknownEntry::new);
        }
        if (command instanceof Book book) {
            LocalDate date = book.wish().date();
            return state.here(date).map(day -> done(day, command)).orElseGet(() -> elsewhere(date));
        }
        return state.reservation(command.id())
                .map(reservation -> change(reservation, command))
                .orElseGet(UnknownReservation::new);
    }

    private static Decision elsewhere(LocalDate date) {
        return new Elsewhere(Set.of(date));
    }

    /** A command about a reservation, which may have moved to another date since it was last looked at. */
    private Decision change(Reservation reservation, Command command) {
        LocalDate from = reservation.date();
        LocalDate to =
                command instanceof Amend amend ? amend.patch().wish(reservation).date() : from;
        if (state.here(from).isEmpty() || state.here(to).isEmpty()) {
            return new Elsewhere(new TreeSet<>(List.of(from, to)));
        }
        Optional<WaitlistEntry> offered = state.on(from).offeredBy(reservation.id());
        if (offered.isPresent()
                && command instanceof Amend amend
                && amend.patch().moves(reservation)) {
            return new OfferedToWaitlist(offered.get().id());
        }
        return done(state.on(to), command);
    }

    /**
     * Expired holds that a placement would displace leave first. What they free has then been offered to those in line, so the
     * command is decided anew on what is left.
     */
    private Decision done(Day day, Command command) {
        Decision decision = day.decide(command, rules, now);
        if (!(decision instanceof Accepted accepted)) {
            return decision;
        }
        List<ReservationChange> displaced = day.displacedBy(accepted, now);
        if (displaced.isEmpty()) {
            state.apply(accepted.change());
            return decision;
        }
        displaced.forEach(state::apply);
        return done(state.on(day.plan().date()), command);
    }

    private Decision join(Day day, Join join) {
        Decision decision = new WaitlistDecider(day, now).join(join, rules.mostWaiting());
        if (!(decision instanceof Listed listed)) {
            return decision;
        }
        state.join(listed.entry());
        return new Listed(state.entry(join.id()).orElseThrow(), listed.other());
    }

    private Decision accept(WaitlistEntry entry) {
        boolean late = entry.status() == WaitlistStatus.EXPIRED && entry.offer().isPresent();
        if (entry.status() != WaitlistStatus.OFFERED && !late) {
            return new NotWaiting(entry.status());
        }
        UUID hold = entry.offer().orElseThrow().reservationId();
        Decision decision =
                done(state.on(entry.wish().date()), new Confirm(hold, Optional.empty(), OptionalLong.empty()));
        if (decision instanceof Accepted && late) {
            state.settle(entry.become(WaitlistStatus.ACCEPTED));
        }
        return decision;
    }

    private Decision leave(WaitlistEntry entry) {
        if (entry.status() == WaitlistStatus.ACCEPTED) {
            return new NotWaiting(entry.status());
        }
        if (entry.status() == WaitlistStatus.WAITING) {
            state.settle(entry.become(WaitlistStatus.WITHDRAWN));
        } else if (entry.status() == WaitlistStatus.OFFERED) {
            UUID hold = entry.offer().orElseThrow().reservationId();
            Command decline = new Command.Turn(hold, Status.CANCELLED, OptionalLong.empty());
            Decision declined = done(state.on(entry.wish().date()), decline);
            if (!(declined instanceof Accepted)) {
                return declined;
            }
        }
        return new Listed(state.entry(entry.id()).orElseThrow());
    }
}
