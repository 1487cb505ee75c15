package io.lasttable.booking.reservation;

import io.lasttable.booking.access.Access;
import io.lasttable.booking.day.Alternative;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.day.WalkIns;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.daybook.Asked;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.daybook.DaybookSettings;
import io.lasttable.booking.daybook.ExternalIdTaken;
import io.lasttable.booking.daybook.Ledger;
import io.lasttable.booking.idempotency.Answer;
import io.lasttable.booking.idempotency.Idempotency;
import io.lasttable.booking.limits.Allowances;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Books a table, or holds one: the use case that everything else is there for. The date is settled, the day asked, and the
 * answer given once for an idempotency key.
 *
 * <p>A loser who asked for it ({@code holdAlternative}) gets a short hold on the first alternative that can still be had, so
 * that the second click cannot lose; it is part of the refusal, unless the caller has used up its allowance of holds.
 */
@ApplicationScoped
class BookTable {

    private final DayQueue days;
    private final Ledger ledger;
    private final Venues venues;
    private final ReservationAnswers answers;
    private final Idempotency idempotency;
    private final Access access;
    private final Allowances allowances;
    private final Duration alternativeDuration;

    BookTable(
            DayQueue days,
            Ledger ledger,
            Venues venues,
            ReservationAnswers answers,
            Idempotency idempotency,
            Access access,
            Allowances allowances,
            DaybookSettings settings) {
        this.access = access;
        this.allowances = allowances;
        this.days = days;
        this.ledger = ledger;
        this.venues = venues;
        this.answers = answers;
        this.idempotency = idempotency;
        this.alternativeDuration = settings.hold().alternativeDuration();
    }

    /** 201 with the reservation; fails with the problem that the caller shall see. */
    Uni<Response> book(VenueId venue, BookingOrder order, Sight sight, String body) {
        return order.labels()
                .externalId()
                .map(externalId -> decided(venue, order, sight, body)
                        .onFailure(failure -> failure instanceof ExternalIdTaken || failure instanceof Problem)
                        .recoverWithUni(failure -> refuseKnown(venue, externalId, failure)))
                .orElseGet(() -> decided(venue, order, sight, body));
    }

    /** Who asks again for what is there is told so, and not that its table is taken, as it is: by itself. */
    private Uni<Response> refuseKnown(VenueId venue, String externalId, Throwable failure) {
        return ledger.byExternalIds(venue, List.of(externalId)).chain(known -> {
            Problem taken = Problem.of(
                    Problem.Type.EXTERNAL_ID_TAKEN, "Read or change the reservation that has this externalId.");
            boolean isKnown = known.containsKey(externalId);
            return Uni.createFrom()
                    .failure(
                            isKnown
                                    ? taken.with(
                                            "reservationId",
                                            known.get(externalId).toString())
                                    : failure instanceof Problem ? failure : taken);
        });
    }

    private Uni<Response> decided(VenueId venue, BookingOrder order, Sight sight, String body) {
        return date(venue, order)
                .map(order::on)
                .chain(command -> idempotency.decide(
                        venue,
                        body,
                        command,
                        asked -> days.ask(new DayKey(venue, command.wish().date()), asked)
                                .chain(decision -> decision instanceof Refusal.Taken taken
                                        ? refuse(venue, order, command, taken, body)
                                        : Uni.createFrom().item(decision)),
                        answers.created(sight)));
    }

    /** The date that is asked for, or of a walk-in the service date of this moment. */
    private Uni<LocalDate> date(VenueId venue, BookingOrder order) {
        return order.date().isPresent()
                ? Uni.createFrom().item(order.date().get())
                : venues.get(venue).map(found -> WalkIns.serviceDate(found, DatabaseClock.UTC.instant()));
    }

    private Uni<Decision> refuse(
            VenueId venue, BookingOrder order, Command.Book lost, Refusal.Taken taken, String body) {
        Problem problem = Refusals.problem(taken).with("waitlist", Refusals.waitlistHint(venue, lost.wish()));
        Optional<Allowances.Taken> hold =
                order.holdAlternative() ? allowances.tryTake(holding(), venue) : Optional.empty();
        return hold.isEmpty()
                ? Uni.createFrom().failure(problem)
                : hold(venue, lost, taken.alternatives(), body)
                        .map(held -> told(problem, held, hold.get()))
                        .chain(full -> Uni.createFrom().failure(full));
    }

    private Allowances.Kind holding() {
        return access.isOfKey() ? Allowances.Kind.GUEST_BOOKINGS : Allowances.Kind.HOLDS;
    }

    private static Problem told(Problem problem, Optional<Object> held, Allowances.Taken allowed) {
        if (held.isEmpty()) {
            allowed.giveBack();
            return problem;
        }
        return problem.with("heldAlternative", held.get());
    }

    /**
     * The first that can be had; others may take them meanwhile, so the next one is tried then. It is held once for an
     * idempotency key, since unlike the refusal that it is part of it has an effect.
     */
    private Uni<Optional<Object>> hold(VenueId venue, Command.Book lost, List<Alternative> alternatives, String body) {
        if (alternatives.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Command.Book hold = hold(lost, alternatives.get(0));
        Asked asked = idempotency.part(venue, "alternative", body, hold, answers::created);
        return days.submit(new DayKey(venue, hold.wish().date()), asked).chain(decision -> {
            if (decision instanceof Decision.Accepted won) {
                return Uni.createFrom()
                        .item(Optional.of(answers.made(won.change().after())));
            }
            return decision instanceof Decision.Replayed before
                    ? Uni.createFrom().item(Optional.of(Answer.bodyOf(before)))
                    : hold(venue, lost, alternatives.subList(1, alternatives.size()), body);
        });
    }

    private Command.Book hold(Command.Book lost, Alternative alternative) {
        Wish wish = new Wish(
                alternative.date(),
                alternative.time(),
                lost.wish().partySize(),
                alternative.area().or(lost.wish()::area),
                List.of(),
                false);
        return new Command.Book(
                UUID.randomUUID(),
                wish,
                Optional.empty(),
                lost.note(),
                lost.channel(),
                Optional.of(alternativeDuration));
    }
}
