package io.lasttable.booking.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which tables a party gets: the tightest fit that is free for its whole turn, if the slot's pacing has room. */
final class Seating {

    private final Floor floor;
    private final Blocks blocks;
    private final Occupancy occupancy;
    private final Instant now;

    /** @param occupancy of the day, or what is left of it without somebody who wants to be elsewhere */
    Seating(Day day, Occupancy occupancy, Instant now) {
        this.floor = day.plan().floor();
        this.blocks = day.closed();
        this.occupancy = occupancy;
        this.now = now;
    }

    /** Tightest fit first; the staff's choice alone when there is one. */
    List<TableSet> candidates(Wish wish) {
        if (!wish.tables().isEmpty()) {
            return floor.chosen(wish.tables()).map(List::of).orElse(List.of());
        }
        return floor.seating(wish.partySize(), wish.area());
    }

    Optional<Placement> place(Wish wish, Slot slot, Duration turn) {
        return place(wish, slot, turn, stay -> occupancy.blocks(stay, now));
    }

    /** As if no hold existed: tells a table that is held from one that is taken. */
    Optional<Placement> placeWithoutHolds(Wish wish, Slot slot, Duration turn) {
        return place(wish, slot, turn, stay -> stay.expiresAt().isEmpty());
    }

    /** As if no hold ever ran out. */
    Optional<Placement> placeBesideEveryHold(Wish wish, Slot slot) {
        return slot.turnTime(wish.partySize()).flatMap(turn -> place(wish, slot, turn, stay -> true));
    }

    private Optional<Placement> place(Wish wish, Slot slot, Duration turn, Predicate<Stay> counts) {
        if (!paced(wish, slot, counts)) {
            return Optional.empty();
        }
        return place(wish, slot.startsAt(), slot.startsAt().plus(turn), counts);
    }

    /**
     * Whatever the pacing says.
     *
     * @param own tables that the party has already: no block keeps it from them
     */
    Optional<Placement> placeUnpaced(Wish wish, Instant from, Instant until, List<String> own) {
        return place(
                wish,
                from,
                until,
                stay -> occupancy.blocks(stay, now),
                tableSet -> own.containsAll(tableSet.tables()) || admits(wish, tableSet, from, until));
    }

    private Optional<Placement> place(Wish wish, Instant from, Instant until, Predicate<Stay> counts) {
        return place(wish, from, until, counts, tableSet -> admits(wish, tableSet, from, until));
    }

    private Optional<Placement> place(
            Wish wish, Instant from, Instant until, Predicate<Stay> counts, Predicate<TableSet> admitted) {
        return candidates(wish).stream()
                .filter(tableSet -> occupancy.isFree(tableSet, from, until, counts))
                .filter(admitted)
                .findFirst()
                .map(tableSet -> new Placement(tableSet.tables(), from, until, tableSet.area()));
    }

    private boolean admits(Wish wish, TableSet tableSet, Instant from, Instant until) {
        return wish.overrides(Limit.BLOCK) || blocks.admit(tableSet, from, until);
    }

    boolean paced(Wish wish, Slot slot) {
        return paced(wish, slot, stay -> occupancy.blocks(stay, now));
    }

    private boolean paced(Wish wish, Slot slot, Predicate<Stay> counts) {
        int starting = occupancy.coversStarting(slot.startsAt(), counts);
        return wish.walkIn()
                || wish.overrides(Limit.PACING)
                || Pacing.room(slot.period(), starting) >= wish.partySize();
    }

    /** How many tables or combinations are left for the wish at this slot. */
    int left(Wish wish, Slot slot) {
        Optional<Duration> turn = slot.turnTime(wish.partySize());
        if (turn.isEmpty() || !paced(wish, slot)) {
            return 0;
        }
        Instant until = slot.startsAt().plus(turn.get());
        return (int) candidates(wish).stream()
                .filter(tableSet ->
                        occupancy.isFree(tableSet, slot.startsAt(), until, stay -> occupancy.blocks(stay, now)))
                .filter(tableSet -> admits(wish, tableSet, slot.startsAt(), until))
                .count();
    }

    /** The earliest instant at which expiring holds alone may make room. */
    Optional<Instant> mayFreeUpAt(Wish wish, Slot slot, Duration turn) {
        Instant until = slot.startsAt().plus(turn);
        Optional<Instant> table = candidates(wish).stream()
                .filter(tableSet -> admits(wish, tableSet, slot.startsAt(), until))
                .flatMap(tableSet -> occupancy.freedByExpiry(tableSet, slot.startsAt(), until).stream())
                .min(Instant::compareTo);
        Optional<Instant> pace = paced(wish, slot)
                ? Optional.empty()
                : occupancy
                        .own()
                        .filter(stay -> stay.startsAt().equals(slot.startsAt()))
                        .flatMap(stay -> stay.expiresAt().stream())
                        .filter(expiry -> expiry.isAfter(now))
                        .min(Instant::compareTo);
        return pace.isPresent() && (table.isEmpty() || pace.get().isAfter(table.get())) ? pace : table;
    }
}
