package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The blocks of one day, by the instants and tables that they mean there. */
final class Blocks {

    static final Blocks NONE = new Blocks(List.of(), List.of());

    private final List<Block> all;
    private final List<Shut> shut;

    private Blocks(List<Block> all, List<Shut> shut) {
        this.all = all;
        this.shut = shut;
    }

    /** Tables that take nobody who starts, or stays, between two instants. */
    private record Shut(Instant from, Instant until, boolean starts, BitSet tables) {

        boolean keepsOut(Instant start, Instant end) {
            return start.isBefore(until) && (starts ? !start.isBefore(from) : end.isAfter(from));
        }

        /** Until when somebody who starts may stay. */
        Instant freeUntil(Instant start) {
            boolean within = start.isBefore(until) && !start.isBefore(from);
            return within ? start : !starts && start.isBefore(from) ? from : Instant.MAX;
        }
    }

    /** @param blocks those that hold on the date */
    static Blocks of(DayPlan plan, List<Block> blocks) {
        if (blocks.isEmpty()) {
            return NONE;
        }
        List<Shut> shut = new ArrayList<>();
        blocks.forEach(block -> {
            BitSet tables = plan.floor().indexesOf(block);
            boolean starts = block.closes() == Block.Closes.STARTS;
            if (block.hours().isEmpty()) {
                shut.add(new Shut(Instant.MIN, Instant.MAX, starts, tables));
            } else {
                shut.add(shut(plan, plan.date(), block.hours().get(), starts, tables));
                Shut pastMidnight =
                        shut(plan, plan.date().plusDays(1), block.hours().get(), starts, tables);
                if (plan.grid().seatsAfter(pastMidnight.from())) {
                    shut.add(pastMidnight);
                }
            }
        });
        return new Blocks(List.copyOf(blocks), shut);
    }

    private static Shut shut(DayPlan plan, LocalDate date, Block.Hours hours, boolean starts, BitSet tables) {
        Instant from = plan.instant(date, hours.from());
        Instant until = plan.instant(hours.passMidnight() ? date.plusDays(1) : date, hours.until());
        return new Shut(from, until, starts, tables);
    }

    List<Block> all() {
        return all;
    }

    /** Whether none of them keeps somebody who comes new away from these tables. */
    boolean admit(TableSet tableSet, Instant from, Instant until) {
        for (Shut each : shut) {
            if (each.keepsOut(from, until)) {
                for (int table : tableSet.indexes()) {
                    if (each.tables().get(table)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Shortens how long each table is free from {@code start} on, as {@link Occupancy#freeUntil} gives it. */
    void shorten(long[] freeUntil, Instant start) {
        for (Shut each : shut) {
            Instant until = each.freeUntil(start);
            if (until != Instant.MAX) {
                each.tables().stream()
                        .forEach(table -> freeUntil[table] = Math.min(freeUntil[table], until.getEpochSecond()));
            }
        }
    }
}
