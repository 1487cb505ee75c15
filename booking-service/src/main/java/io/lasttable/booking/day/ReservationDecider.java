package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Turn;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Refusal.Cause;
import io.lasttable.booking.day.Refusal.HoldGone;
import io.lasttable.booking.day.Refusal.IllegalTransition;
import io.lasttable.booking.day.Refusal.NotBookable;
import io.lasttable.booking.day.Refusal.Taken;
import io.lasttable.booking.day.Refusal.UnknownReservation;
import io.lasttable.booking.day.Refusal.UnknownTable;
import io.lasttable.booking.day.Refusal.VersionMismatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** One command about a reservation, against one day at one instant. */
final class ReservationDecider {

    private final Day day;
    private final Instant now;
    private final Bookability bookability;

    ReservationDecider(Day day, Instant now) {
        this.day = day;
        this.now = now;
        this.bookability = new Bookability(day.plan(), now);
    }

    Decision decide(Command command) {
        if (command instanceof Book book) {
            return book(book);
        }
        if (command instanceof Confirm confirm) {
            return confirm(confirm);
        }
        if (command instanceof Amend amend) {
            return amend(amend);
        }
        if (command instanceof Turn turn) {
            return turn(turn);
        }
        throw new IllegalArgumentException("Not about a reservation: " + command);
    }

    private Decision book(Book book) {
        return place(
                book.wish(),
                day.occupancy(),
                placement -> new Accepted(ReservationChange.made(reservation(book, placement))));
    }

    private Reservation reservation(Book book, Placement placement) {
        Wish wish = book.wish();
        Status status = book.hold().isPresent() ? Status.HELD : wish.walkIn() ? Status.SEATED : Status.CONFIRMED;
        return new ReservationDraft(day.plan().venue().id(), book.id())
                .on(wish.date(), bookability.slotOf(wish).orElseThrow().time())
                .placed(placement)
                .forParty(wish.partySize())
                .status(status)
                .guest(book.guest())
                .note(book.note())
                .channel(book.channel())
                .labels(book.labels())
                .versions(1, day.nextVersion())
                .expiresAt(book.hold().map(now::plus))
                .done();
    }

    private Decision confirm(Confirm command) {
        return existing(command.id(), command.ifVersion(), hold -> {
            if (!hold.status().next().contains(Status.CONFIRMED)) {
                return illegal(hold);
            }
            return keepsItsTables(hold)
                    ? new Accepted(
                            ReservationChange.became(hold, hold.confirmedFor(command.guest(), day.nextVersion())))
                    : gone(hold);
        });
    }

    /** A hold that ran out is as good as new while nobody has taken its tables and its start is still to come. */
    private boolean keepsItsTables(Reservation hold) {
        boolean ranOut = hold.status() == Status.EXPIRED || hold.stay().isExpired(now);
        if (ranOut && !hold.startsAt().isAfter(now)) {
            return false;
        }
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

    /** The reservation may come from another day: then this one is where it wants to go. */
    private Decision amend(Amend amend) {
        return existing(amend.id(), amend.ifVersion(), before -> {
            boolean stays = !amend.patch().moves(before);
            if (!(before.status().mayMove() || stays && before.status() == Status.SEATED)) {
                return illegal(before);
            }
            return stays
                    ? new Accepted(ReservationChange.amended(before, before.with(amend.patch(), day.nextVersion())))
                    : place(
                            amend.patch().wish(before),
                            day.occupancy().without(before.id()),
                            placement -> new Accepted(ReservationChange.moved(
                                    before, before.moved(amend.patch(), placement, day.nextVersion()))));
        });
    }

    private Decision turn(Turn turn) {
        return existing(turn.id(), turn.ifVersion(), reservation -> {
            if (!reservation.status().next().contains(turn.to())) {
                return illegal(reservation);
            }
            Reservation after = turn.to() == Status.FINISHED
                    ? reservation.finishedAt(now, day.nextVersion())
                    : reservation.become(turn.to(), day.nextVersion());
            return new Accepted(ReservationChange.became(reservation, after));
        });
    }

    private static Decision illegal(Reservation reservation) {
        return new IllegalTransition(reservation.status(), reservation.status().next());
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

    private Decision place(Wish wish, Occupancy occupancy, Function<Placement, Decision> then) {
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
        return seating.place(wish, slot, turn).map(then).orElseGet(() -> taken(wish, slot, turn, seating));
    }

    private Taken taken(Wish wish, Slot slot, Duration turn, Seating seating) {
        boolean onlyHeld = seating.placeWithoutHolds(wish, slot, turn).isPresent();
        Cause cause = onlyHeld ? Cause.HELD : seating.paced(wish, slot) ? Cause.TABLE_TAKEN : Cause.PACING;
        Optional<Instant> mayFreeUpAt = onlyHeld ? seating.mayFreeUpAt(wish, slot, turn) : Optional.empty();
        return new Taken(
                day.version(), cause, mayFreeUpAt, alternatives(seating).to(wish, slot));
    }

    private Alternatives alternatives(Seating seating) {
        return new Alternatives(day.plan(), seating, bookability);
    }
}
