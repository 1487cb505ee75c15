package io.lasttable.booking.day;

import io.lasttable.booking.day.Refusal.Cause;
import io.lasttable.booking.day.Refusal.NotBookable;
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
        Optional<NotBookable> no = bookability.refusal(wish);
        if (no.isPresent()) {
            return no.get();
        }
        if (namesUnknownTables(wish)) {
            return new UnknownTable();
        }
        Slot slot = bookability.slotOf(wish).orElseThrow();
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
     * @param own tables that the party has
     */
    Decision keep(Wish wish, Instant startsAt, Duration length, List<String> own, Function<Placement, Decision> then) {
        Optional<Slot> slot = bookability.ruling(startsAt);
        Optional<NotBookable> never = slot.flatMap(ruling -> bookability.party(wish, ruling));
        if (never.isPresent()) {
            return never.get();
        }
        if (namesUnknownTables(wish)) {
            return new UnknownTable();
        }
        boolean paced = slot.isEmpty() || seating.paced(wish, slot.get());
        return Optional.of(wish)
                .filter(kept -> paced)
                .flatMap(kept -> seating.placeUnpaced(kept, startsAt, startsAt.plus(length), own))
                .map(then)
                .orElseGet(
                        () -> slot.map(ruling -> taken(wish, ruling, length)).orElseGet(() -> takenTable(List.of())));
    }

    private boolean namesUnknownTables(Wish wish) {
        return !wish.tables().isEmpty() && seating.candidates(wish).isEmpty();
    }

    private Taken taken(Wish wish, Slot slot, Duration turn) {
        boolean onlyHeld = seating.placeWithoutHolds(wish, slot, turn).isPresent();
        boolean onlyBlocked = !onlyHeld
                && seating.place(wish.overriding(Limit.BLOCK), slot, turn).isPresent();
        Cause cause = onlyHeld
                ? Cause.HELD
                : onlyBlocked ? Cause.BLOCKED : seating.paced(wish, slot) ? Cause.TABLE_TAKEN : Cause.PACING;
        Optional<Instant> mayFreeUpAt = onlyHeld ? seating.mayFreeUpAt(wish, slot, turn) : Optional.empty();
        return new Taken(day.version(), cause, mayFreeUpAt, alternatives(wish, slot));
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
