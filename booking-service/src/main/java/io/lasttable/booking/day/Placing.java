package io.lasttable.booking.day;

import io.lasttable.booking.day.Refusal.Cause;
import io.lasttable.booking.day.Refusal.Mistaken;
import io.lasttable.booking.day.Refusal.Taken;
import io.lasttable.booking.day.Refusal.UnknownTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds tables for a party among everybody else, or says why there are none and what is left. */
final class Placing {

    private final Day day;
    private final Instant now;
    private final Seating seating;
    private final Bookability bookability;

    Placing(Day day, Occupancy others, Instant now) {
        this.day = day;
        this.now = now;
        this.seating = new Seating(day, others, now);
        this.bookability = new Bookability(day.plan(), now);
    }

    /** As anybody may book. */
    Decision book(Wish wish, Function<Placement, Decision> then) {
        Optional<Refusal> no = bookability.refusal(wish);
        if (no.isPresent()) {
            return no.get();
        }
        Slot slot = bookability.slotOf(wish).orElseThrow();
        Floor floor = day.plan().floor(slot);
        if (namesOthers(wish, floor)) {
            return notIn(floor, wish);
        }
        if (wish.endsAt().isPresent() && !day.plan().mayEnd(wish.endsAt().get(), slot.startsAt(), now)) {
            return day.plan().wrongEnd();
        }
        Duration turn = wish.endsAt()
                .map(end -> Duration.between(slot.startsAt(), end))
                .orElseGet(() -> slot.turnTime(wish.partySize()).orElseThrow());
        return seating.place(wish, slot, turn).map(then).orElseGet(() -> taken(wish, slot, turn));
    }

    /**
     * For somebody whose start was let in before: neither window nor notice count, nor a block at its own tables.
     *
     * @param own what the party has
     */
    Decision keep(Wish wish, Instant startsAt, Duration length, OwnTables own, Function<Placement, Decision> then) {
        Optional<Slot> slot = day.plan().grid().ruling(startsAt);
        Optional<Refusal> never = slot.flatMap(ruling -> bookability.party(wish, ruling));
        if (never.isPresent()) {
            return never.get();
        }
        Floor floor = day.plan().floor(startsAt);
        if (namesOthers(wish, floor)) {
            return notIn(floor, wish);
        }
        boolean paced = slot.isEmpty() || seating.paced(wish, slot.get());
        return Optional.of(wish)
                .filter(kept -> paced)
                .flatMap(kept -> seating.placeUnpaced(kept, startsAt, startsAt.plus(length), own))
                .map(then)
                .orElseGet(
                        () -> slot.map(ruling -> taken(wish, ruling, length)).orElseGet(() -> takenTable(List.of())));
    }

    private static boolean namesOthers(Wish wish, Floor floor) {
        return !wish.tables().isEmpty() && floor.chosen(wish.tables()).isEmpty();
    }

    private Refusal notIn(Floor floor, Wish wish) {
        return namesOthers(wish, day.plan().floor())
                ? new UnknownTable()
                : new Mistaken("/tables", "must be where the service seats: " + String.join(", ", floor.ids()));
    }

    private Taken taken(Wish wish, Slot slot, Duration turn) {
        boolean onlyHeld = seating.placeWithoutHolds(wish, slot, turn).isPresent();
        boolean onlyBlocked = !onlyHeld
                && seating.place(wish.overriding(Limit.BLOCK), slot, turn).isPresent();
        Cause cause = onlyHeld ? Cause.HELD : onlyBlocked ? Cause.BLOCKED : cause(wish, slot, turn);
        Optional<Instant> mayFreeUpAt = onlyHeld ? seating.mayFreeUpAt(wish, slot, turn) : Optional.empty();
        return new Taken(day.version(), cause, mayFreeUpAt, alternatives(wish, slot));
    }

    private Cause cause(Wish wish, Slot slot, Duration turn) {
        if (!seating.paced(wish, slot)) {
            return Cause.PACING;
        }
        boolean onlyToBeMadeReady = !day.plan().floor().longestBuffer().isZero()
                && seating.place(wish.overriding(Limit.BUFFER), slot, turn).isPresent();
        return onlyToBeMadeReady ? Cause.BUFFER : Cause.TABLE_TAKEN;
    }

    private Taken takenTable(List<Alternative> alternatives) {
        return new Taken(day.version(), Cause.TABLE_TAKEN, Optional.empty(), alternatives);
    }

    /** Its own tables are no longer to be had. */
    Taken lost(Reservation reservation) {
        return takenTable(alternatives(reservation));
    }

    /** What the party of a reservation could have in its place. */
    List<Alternative> alternatives(Reservation reservation) {
        Wish wish = Wish.of(reservation.date(), reservation.time(), reservation.partySize());
        return bookability.slotOf(wish).map(slot -> alternatives(wish, slot)).orElse(List.of());
    }

    private List<Alternative> alternatives(Wish wish, Slot slot) {
        return new Alternatives(day.plan(), seating, bookability).to(wish, slot);
    }
}
