package io.lasttable.booking.reservation;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.day.Alternative;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.WalkIns;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.daybook.DayQueue;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Books and holds. A loser who asked for it ({@code holdAlternative}) gets a short hold on the first alternative that can
 * still be had, so that the second click cannot lose; it is part of the refusal.
 */
@ApplicationScoped
class Booking {

    private final DayQueue days;
    private final Venues venues;
    private final Answers answers;
    private final BookingConfig.Hold times;

    Booking(DayQueue days, Venues venues, Answers answers, BookingConfig config) {
        this.days = days;
        this.venues = venues;
        this.answers = answers;
        this.times = config.hold();
    }

    /** What became of the order; fails with the problem that the caller shall see when others have the slot. */
    Uni<Decision> book(VenueId venue, BookingOrder order, Request request) {
        Command.Book command = (Command.Book) request.command();
        return days.ask(new DayKey(venue, command.wish().date()), request)
                .chain(decision -> decision instanceof Decision.Taken taken
                        ? refuse(venue, command, order.holdAlternative(), taken)
                        : Uni.createFrom().item(decision));
    }

    /** The date that is asked for, or of a walk-in the service date of this moment. */
    Uni<LocalDate> date(VenueId venue, BookingOrder order) {
        return order.date().isPresent()
                ? Uni.createFrom().item(order.date().get())
                : venues.get(venue)
                        .map(found ->
                                WalkIns.serviceDate(found, Clock.systemUTC().instant()));
    }

    /** Fails when there is no such venue. */
    Uni<Void> requireVenue(VenueId venue) {
        return venues.get(venue).replaceWithVoid();
    }

    private Uni<Decision> refuse(VenueId venue, Command.Book lost, boolean holdAlternative, Decision.Taken taken) {
        Problem problem = Refusals.problem(taken).with("waitlist", Refusals.waitlistHint(venue, lost.wish()));
        return holdAlternative
                ? hold(venue, lost, taken.alternatives())
                        .chain(held -> Uni.createFrom()
                                .failure(held.map(reservation -> problem.with(
                                                "heldAlternative",
                                                answers.json(reservation).getMap()))
                                        .orElse(problem)))
                : Uni.createFrom().failure(problem);
    }

    /** The first that can be had; others may take them meanwhile, so the next one is tried then. */
    private Uni<Optional<Reservation>> hold(VenueId venue, Command.Book lost, List<Alternative> alternatives) {
        if (alternatives.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        Alternative first = alternatives.get(0);
        Wish wish = new Wish(
                first.date(),
                first.time(),
                lost.wish().partySize(),
                first.area().or(lost.wish()::area),
                List.of(),
                false);
        Command.Book hold = new Command.Book(
                UUID.randomUUID(),
                wish,
                Optional.empty(),
                lost.note(),
                lost.channel(),
                Optional.of(times.alternativeDuration()));
        return days.submit(new DayKey(venue, first.date()), Request.of(hold))
                .chain(decision -> decision instanceof Decision.Accepted won
                        ? Uni.createFrom().item(Optional.of(won.change().after()))
                        : hold(venue, lost, alternatives.subList(1, alternatives.size())));
    }
}
