package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Accept;
import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Join;
import io.lasttable.booking.day.Command.Leave;
import io.lasttable.booking.day.Command.Relist;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Elsewhere;
import io.lasttable.booking.day.Decision.Granted;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Decision.Repeated;
import io.lasttable.booking.day.Refusal.KeyReused;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.NotWaiting;
import io.lasttable.booking.day.Refusal.OfferedToWaitlist;
import io.lasttable.booking.day.Refusal.UnknownEntry;
import io.lasttable.booking.day.Refusal.UnknownReservation;
import io.lasttable.booking.day.Refusal.VersionMismatch;
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
        Decision decision = decide(request.command(), request.by().of(request.command()));
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

    private Decision decide(Command command, Origin origin) {
        if (command instanceof Join join) {
            return state.here(join.wish().date())
                    .map(day -> join(day, join, origin))
                    .orElseGet(() -> elsewhere(join.wish().date()));
        }
        if (command instanceof Accept accept) {
            return state.entry(accept.id()).map(entry -> accept(entry, origin)).orElseGet(UnknownEntry::new);
        }
        if (command instanceof Leave leave) {
            return state.entry(leave.id()).map(entry -> leave(entry, origin)).orElseGet(UnknownEntry::new);
        }
        if (command instanceof Relist relist) {
            return state.entry(relist.id())
                    .map(entry -> relist(entry, relist, origin))
                    .orElseGet(UnknownEntry::new);
        }
        if (command instanceof Book book) {
            LocalDate date = book.wish().date();
            return state.here(date).map(day -> done(day, command, origin)).orElseGet(() -> elsewhere(date));
        }
        return state.reservation(command.id())
                .map(reservation -> change(reservation, command, origin))
                .orElseGet(UnknownReservation::new);
    }

    private static Decision elsewhere(LocalDate date) {
        return new Elsewhere(Set.of(date));
    }

    /** A command about a reservation, which may have moved to another date since it was last looked at. */
    private Decision change(Reservation reservation, Command command, Origin origin) {
        LocalDate from = reservation.date();
        LocalDate to =
                command instanceof Amend amend ? amend.patch().wish(reservation).date() : from;
        if (state.here(from).isEmpty() || state.here(to).isEmpty()) {
            return new Elsewhere(new TreeSet<>(List.of(from, to)));
        }
        Optional<Refusal> notByGuests = refusedToGuests(reservation, command, origin);
        if (notByGuests.isPresent()) {
            return notByGuests.get();
        }
        Optional<WaitlistEntry> offered = state.on(from).offeredBy(reservation.id());
        if (offered.isPresent()
                && command instanceof Amend amend
                && amend.patch().moves(reservation)) {
            return new OfferedToWaitlist(offered.get().id());
        }
        boolean takesOffer = offered.isPresent() && command instanceof Confirm;
        return done(state.on(to), command, takesOffer ? origin.because(Cause.OFFER_ACCEPTED) : origin);
    }

    private Optional<Refusal> refusedToGuests(Reservation reservation, Command command, Origin origin) {
        return origin.actor().equals(Actor.GUEST)
                ? new GuestPolicy(state.on(reservation.date()).plan().venue().guestChanges(), now)
                        .refusal(command, reservation)
                : Optional.empty();
    }

    /**
     * Expired holds that a placement would displace leave first. What they free has then been offered to those in line, so the
     * command is decided anew on what is left.
     */
    private Decision done(Day day, Command command, Origin origin) {
        Decision decision = day.decide(command, rules, now);
        if (!(decision instanceof Accepted accepted)) {
            return decision;
        }
        List<ReservationChange> displaced = day.displacedBy(accepted, now);
        if (displaced.isEmpty()) {
            Accepted made = new Accepted(accepted.change().by(origin), accepted.other());
            state.apply(made.change(), origin);
            return made;
        }
        displaced.forEach(change -> state.apply(change, Origin.EXPIRY));
        return done(state.on(day.plan().date()), command, origin);
    }

    private Decision join(Day day, Join join, Origin origin) {
        Decision decision = new WaitlistDecider(day, now).join(join, rules.mostWaiting());
        if (!(decision instanceof Listed listed)) {
            return decision;
        }
        state.join(listed.entry(), origin);
        return new Listed(state.entry(join.id()).orElseThrow(), listed.other());
    }

    private Decision accept(WaitlistEntry entry, Origin origin) {
        boolean late = entry.status() == WaitlistStatus.EXPIRED && entry.offer().isPresent();
        if (entry.status() != WaitlistStatus.OFFERED && !late) {
            return new NotWaiting(entry.status());
        }
        UUID hold = entry.offer().orElseThrow().reservationId();
        Decision decision =
                done(state.on(entry.wish().date()), new Confirm(hold, Optional.empty(), OptionalLong.empty()), origin);
        if (decision instanceof Accepted && late) {
            state.settle(entry.become(WaitlistStatus.ACCEPTED), origin);
        }
        return decision;
    }

    private Decision relist(WaitlistEntry entry, Relist relist, Origin origin) {
        if (relist.ifVersion().isPresent() && relist.ifVersion().getAsLong() != entry.version()) {
            return new VersionMismatch(entry.version());
        }
        if (relist.position().isPresent() && entry.status() != WaitlistStatus.WAITING) {
            return new NotWaiting(entry.status());
        }
        Optional<Mistaken> mistake = relist.labels().mistake(entry.labels());
        if (mistake.isPresent()) {
            return mistake.get();
        }
        Day day = state.on(entry.wish().date());
        Map<UUID, Long> tickets = relist.position().isPresent()
                ? new WaitlistDecider(day, now).tickets(entry, relist.position().getAsInt())
                : Map.of();
        Labels labels = relist.labels().over(entry.labels());
        if (!tickets.isEmpty() || !labels.equals(entry.labels())) {
            WaitlistEntry placed = tickets.containsKey(entry.id()) ? entry.at(tickets.get(entry.id())) : entry;
            state.relist(placed.labelled(labels), tickets, origin);
        }
        return new Listed(state.entry(entry.id()).orElseThrow());
    }

    private Decision leave(WaitlistEntry entry, Origin origin) {
        if (entry.status() == WaitlistStatus.ACCEPTED) {
            return new NotWaiting(entry.status());
        }
        if (entry.status() == WaitlistStatus.WAITING) {
            state.settle(entry.become(WaitlistStatus.WITHDRAWN), origin);
        } else if (entry.status() == WaitlistStatus.OFFERED) {
            UUID hold = entry.offer().orElseThrow().reservationId();
            Command decline = new Command.Turn(hold, Status.CANCELLED, OptionalLong.empty());
            Decision declined = done(state.on(entry.wish().date()), decline, origin.because(Cause.DECLINED));
            if (!(declined instanceof Accepted)) {
                return declined;
            }
        }
        return new Listed(state.entry(entry.id()).orElseThrow());
    }
}
