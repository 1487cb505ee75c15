package io.lasttable.booking.day;

import io.lasttable.booking.day.Command.Amend;
import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.Command.Confirm;
import io.lasttable.booking.day.Command.Join;
import io.lasttable.booking.day.Command.Turn;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Decision.Cause;
import io.lasttable.booking.day.Decision.HoldGone;
import io.lasttable.booking.day.Decision.IllegalTransition;
import io.lasttable.booking.day.Decision.Listed;
import io.lasttable.booking.day.Decision.NotBookable;
import io.lasttable.booking.day.Decision.Taken;
import io.lasttable.booking.day.Decision.UnknownReservation;
import io.lasttable.booking.day.Decision.UnknownTable;
import io.lasttable.booking.day.Decision.VersionMismatch;
import io.lasttable.booking.day.Decision.WaitlistFull;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** One command against one day at one instant. */
final class Decider {

    private static final String WAITLIST = "waitlist";

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
        return existing(command.id(), command.ifVersion(), hold -> {
            if (!hold.status().next().contains(Status.CONFIRMED)) {
                return illegal(hold);
            }
            return keepsItsTables(hold)
                    ? new Accepted(Change.became(hold, hold.confirmedFor(command.guest(), day.nextVersion())))
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
    Decision amend(Amend amend) {
        return existing(amend.id(), amend.ifVersion(), reservation -> {
            boolean stays = !amend.wish().moves(reservation);
            if (!(reservation.status().mayMove() || stays && reservation.status() == Status.SEATED)) {
                return illegal(reservation);
            }
            return stays
                    ? new Accepted(Change.amended(
                            reservation, reservation.with(amend.guest(), amend.note(), day.nextVersion())))
                    : seat(amend.wish(), day.occupancy().without(amend.id()), seat -> moved(reservation, amend, seat));
        });
    }

    private Decision moved(Reservation before, Amend amend, Seat seat) {
        Reservation after = before.at(seat, amend.wish(), amend.guest(), amend.note(), day.nextVersion());
        return new Accepted(Change.moved(before, after));
    }

    Decision turn(Turn turn) {
        return existing(turn.id(), turn.ifVersion(), reservation -> {
            if (!reservation.status().next().contains(turn.to())) {
                return illegal(reservation);
            }
            Reservation after = turn.to() == Status.FINISHED
                    ? reservation.finishedAt(now, day.nextVersion())
                    : reservation.become(turn.to(), day.nextVersion());
            return new Accepted(Change.became(reservation, after));
        });
    }

    private static Decision illegal(Reservation reservation) {
        return new IllegalTransition(reservation.status(), reservation.status().next());
    }

    /**
     * A hold for someone in line, at the earliest start that suits. Every hold counts here, even one that has run out: what
     * is offered displaces nobody.
     */
    Optional<Change> offer(WaitlistEntry entry, Duration offerFor) {
        Seating seating = new Seating(day.plan().floor(), day.occupancy(), now);
        return starts(entry.wish())
                .flatMap(slot -> seating.seatBesideEveryHold(entry.wish().at(slot.time()), slot).stream()
                        .map(seat -> offered(entry, slot, seat, offerFor)))
                .findFirst();
    }

    private Change offered(WaitlistEntry entry, Slot slot, Seat seat, Duration offerFor) {
        Instant expiresAt = earlier(now.plus(offerFor), slot.startsAt());
        return Change.made(new Reservation(
                offerId(entry),
                day.plan().venue().id(),
                entry.wish().date(),
                slot.time(),
                seat.startsAt(),
                seat.endsAt(),
                entry.wish().partySize(),
                seat.tables(),
                seat.area(),
                Status.HELD,
                Optional.of(entry.guest()),
                Optional.empty(),
                Optional.of(WAITLIST),
                1,
                day.nextVersion(),
                Optional.of(expiresAt)));
    }

    /** Drawn from the entry, so that deciding needs no randomness; an entry gets one offer. */
    private static UUID offerId(WaitlistEntry entry) {
        return UUID.nameUUIDFromBytes(("offer/" + entry.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Joins the line, at its end. */
    Decision join(Join join, int mostWaiting) {
        Optional<NotBookable> no = bookability.refusal(join.wish());
        if (no.isPresent()) {
            return no.get();
        }
        if (day.openEntries() >= mostWaiting) {
            return new WaitlistFull(mostWaiting);
        }
        Instant last = starts(join.wish())
                .reduce((first, second) -> second)
                .orElseThrow()
                .startsAt();
        return new Listed(new WaitlistEntry(
                join.id(),
                day.plan().venue().id(),
                join.wish(),
                join.guest(),
                WaitlistStatus.WAITING,
                1,
                last.minus(day.plan().venue().bookingWindow().minNotice()),
                Optional.empty()));
    }

    private Stream<Slot> starts(WaitlistWish wish) {
        return day.plan().grid().slots().stream()
                .filter(slot -> wish.includes(slot.time()) && !bookability.isTooLate(slot));
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
                bookability.slotOf(wish).orElseThrow().time(),
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
