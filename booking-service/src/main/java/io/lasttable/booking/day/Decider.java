package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Turn;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Cause;
import io.lasttable.booking.day.Decision.HoldGone;
import io.lasttable.booking.day.Decision.IllegalTransition;
import io.lasttable.booking.day.Decision.NotBookable;
import io.lasttable.booking.day.Decision.Taken;
import io.lasttable.booking.day.Decision.UnknownReservation;
import io.lasttable.booking.day.Decision.UnknownTable;
import io.lasttable.booking.day.Decision.VersionMismatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** One command against one day at one instant. */
final class Decider {

    private final Day day;
    private final Instant now;
    private final Bookability bookability;

    Decider(Day day, Instant now) {
        this.day = day;
        this.now = now;
        this.bookability = new Bookability(day.plan(), now);
    }

    Decision book(Book book) {
        return seat(book.wish(), day.occupancy(), seat -> new Accepted(Change.made(reservation(book, seat))));
    }

    Decision confirm(Confirm command) {
        Optional<Reservation> known = day.reservation(command.id());
        if (known.isEmpty()) {
            return new UnknownReservation();
        }
        Reservation hold = known.get();
        if (!hold.status().next().contains(Status.CONFIRMED)) {
            return new IllegalTransition(hold.status(), hold.status().next());
        }
        return keepsItsTables(hold)
                ? new Accepted(Change.became(hold, hold.confirmedFor(command.guest(), day.nextVersion())))
                : gone(hold);
    }

    /** A hold that ran out is as good as new while nobody has taken its tables. */
    private boolean keepsItsTables(Reservation hold) {
        Occupancy others = day.occupancy().without(hold.id());
        return day.plan()
                .floor()
                .chosen(hold.tables())
                .filter(tables ->
                        others.isFree(tables, hold.startsAt(), hold.endsAt(), stay -> others.blocks(stay, now)))
                .isPresent();
    }

    private Decision gone(Reservation hold) {
        Wish wish = new Wish(hold.date(), hold.time(), hold.partySize(), Optional.empty(), List.of(), false);
        Seating seating = new Seating(day.plan().floor(), day.occupancy(), now);
        return bookability
                .slotOf(wish)
                .map(slot -> new HoldGone(day.version(), alternatives(seating).to(wish, slot)))
                .orElseGet(() -> new HoldGone(day.version(), List.of()));
    }

    Decision amend(Amend amend) {
        return existing(amend.id(), amend.ifVersion(), reservation -> {
            if (reservation.status() != Status.CONFIRMED && reservation.status() != Status.HELD) {
                return new IllegalTransition(
                        reservation.status(), reservation.status().next());
            }
            return seat(amend.wish(), day.occupancy().without(amend.id()), seat -> moved(reservation, amend, seat));
        });
    }

    private Decision moved(Reservation before, Amend amend, Seat seat) {
        Reservation after = before.at(seat, amend.wish(), amend.guest(), amend.note(), day.nextVersion());
        return new Accepted(Change.moved(before, after));
    }

    Decision turn(Turn turn) {
        return existing(turn.id(), turn.ifVersion(), reservation -> {
            if (!reservation.status().next().contains(turn.to())) {
                return new IllegalTransition(
                        reservation.status(), reservation.status().next());
            }
            Reservation after = turn.to() == Status.FINISHED
                    ? reservation.finishedAt(now, day.nextVersion())
                    : reservation.become(turn.to(), day.nextVersion());
            return new Accepted(Change.became(reservation, after));
        });
    }

    private Decision existing(UUID id, OptionalLong ifVersion, Function<Reservation, Decision> decide) {
        Optional<Reservation> known = day.reservation(id);
        if (known.isEmpty()) {
            return new UnknownReservation();
        }
        long current = known.get().version();
        return ifVersion.isPresent() && ifVersion.getAsLong() != current
                ? new VersionMismatch(current)
                : decide.apply(known.get());
    }

    private Decision seat(Wish wish, Occupancy occupancy, Function<Seat, Decision> then) {
        Optional<NotBookable> no = bookability.refusal(wish);
        if (no.isPresent()) {
            return no.get();
        }
        Seating seating = new Seating(day.plan().floor(), occupancy, now);
        if (!wish.tables().isEmpty() && seating.candidates(wish).isEmpty()) {
            return new UnknownTable();
        }
        Slot slot = bookability.slotOf(wish).orElseThrow();
        Duration turn = slot.turnTime(wish.partySize()).orElseThrow();
        return seating.seat(wish, slot, turn).map(then).orElseGet(() -> taken(wish, slot, turn, seating));
    }

    private Taken taken(Wish wish, Slot slot, Duration turn, Seating seating) {
        boolean onlyHeld = seating.seatWithoutHolds(wish, slot, turn).isPresent();
        Cause cause = onlyHeld ? Cause.HELD : seating.paced(wish, slot) ? Cause.TABLE_TAKEN : Cause.PACING;
        Optional<Instant> mayFreeUpAt = onlyHeld ? seating.mayFreeUpAt(wish, slot, turn) : Optional.empty();
        return new Taken(
                day.version(), cause, mayFreeUpAt, alternatives(seating).to(wish, slot));
    }

    private Alternatives alternatives(Seating seating) {
        return new Alternatives(day.plan(), seating, bookability);
    }

    private Reservation reservation(Book book, Seat seat) {
        Wish wish = book.wish();
        Status status = book.hold().isPresent() ? Status.HELD : wish.walkIn() ? Status.SEATED : Status.CONFIRMED;
        return new Reservation(
                book.id(),
                day.plan().venue().id(),
                wish.date(),
                wish.time(),
                seat.startsAt(),
                seat.endsAt(),
                wish.partySize(),
                seat.tables(),
                seat.area(),
                status,
                book.guest(),
                book.note(),
                book.channel(),
                1,
                day.nextVersion(),
                book.hold().map(now::plus));
    }
}
