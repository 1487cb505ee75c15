package io.lasttable.booking.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which tables a party gets: the tightest fit that is free for its whole turn, if the slot's pacing has room. */
final class Seating {

    private final DayPlan plan;
    private final Blocks blocks;
    private final Occupancy occupancy;
    private final Occupancy regardless;
    private final Instant now;

    /** @param occupancy of the day, or what is left of it without somebody who wants to be elsewhere */
    Seating(Day day, Occupancy occupancy, Instant now) {
        this.plan = day.plan();
        this.blocks = day.closed();
        this.occupancy = occupancy;
        this.regardless = occupancy.regardlessOfBuffers();
        this.now = now;
    }

    /** Of what a service seats in, tightest fit first; the staff's choice alone when there is one. */
    List<TableSet> candidates(Wish wish, Slot slot) {
        return candidates(wish, plan.floor(slot));
    }

    private static List<TableSet> candidates(Wish wish, Floor floor) {
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
        Instant until = slot.startsAt().plus(turn);
        return candidates(wish, slot).stream()
                .filter(tableSet -> isFree(wish, tableSet, slot.startsAt(), until, counts))
                .findFirst()
                .map(tableSet -> placed(tableSet, slot.startsAt(), until));
    }

    /**
     * Whatever the pacing says.
     *
     * @param own what the party has already: no block keeps it from its tables, nor for so long that they must be made ready
     */
    Optional<Placement> placeUnpaced(Wish wish, Instant from, Instant until, OwnTables own) {
        Wish there = own.until().isBefore(until)
                ? wish.overriding(Limit.BLOCK)
                : wish.overriding(Limit.BLOCK).overriding(Limit.BUFFER);
        return candidates(wish, plan.floor(from)).stream()
                .filter(tableSet -> isFree(
                        own.tables().containsAll(tableSet.tables()) ? there : wish,
                        tableSet,
                        from,
                        until,
                        stay -> occupancy.blocks(stay, now)))
                .findFirst()
                .map(tableSet -> placed(tableSet, from, until));
    }

    private static Placement placed(TableSet tableSet, Instant from, Instant until) {
        return new Placement(tableSet.tables(), from, until, tableSet.area());
    }

    /** Whether whoever wishes may have the tables, of those who count. */
    private boolean isFree(Wish wish, TableSet tableSet, Instant from, Instant until, Predicate<Stay> counts) {
        return others(wish).isFree(tableSet, from, until, counts) && admits(wish, tableSet, from, until);
    }

    private Occupancy others(Wish wish) {
        return wish.overrides(Limit.BUFFER) ? regardless : occupancy;
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
        return (int) candidates(wish, slot).stream()
                .filter(tableSet -> isFree(wish, tableSet, slot.startsAt(), until, stay -> occupancy.blocks(stay, now)))
                .count();
    }

    /** The earliest instant at which expiring holds alone may make room. */
    Optional<Instant> mayFreeUpAt(Wish wish, Slot slot, Duration turn) {
        Instant until = slot.startsAt().plus(turn);
        Optional<Instant> table = candidates(wish, slot).stream()
                .filter(tableSet -> admits(wish, tableSet, slot.startsAt(), until))
                .flatMap(tableSet -> others(wish).freedByExpiry(tableSet, slot.startsAt(), until).stream())
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
