package io.lasttable.booking.day;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A part of the house that takes no new bookings for a while; whoever is there already stays.
 *
 * @param lastDate the last service date that it holds on, that date included
 * @param hours of each of these dates; absent means the whole date
 * @param area its tables only
 * @param tables these only, and every combination of them; with neither area nor tables it is the whole house
 * @param reason for staff alone
 */
public record Block(
        String id,
        LocalDate firstDate,
        LocalDate lastDate,
        Optional<Hours> hours,
        Optional<String> area,
        List<String> tables,
        Closes closes,
        Optional<String> reason) {

    public Block {
        tables = List.copyOf(tables);
    }

    /**
     * By the clock of the service date, on which half past midnight comes after eleven.
     *
     * @param until exclusive; earlier than {@code from} when the hours pass midnight
     */
    public record Hours(LocalTime from, LocalTime until) {

        boolean passMidnight() {
            return until.isBefore(from);
        }
    }

    /** What a block keeps out: parties that would start within it, or every stay that would reach into it. */
    public enum Closes {
        STARTS,
        STAYS;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Closes ofLabel(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** What it means for one date, and no more than that: two versions of a block that mean the same there are equal. */
    public Optional<Block> on(LocalDate date) {
        boolean holds = !date.isBefore(firstDate) && !date.isAfter(lastDate);
        return holds
                ? Optional.of(new Block(id, date, date, hours, area, tables, closes, Optional.empty()))
                : Optional.empty();
    }

    boolean isOf(String tableId, Optional<String> tableArea) {
        return area.isPresent() ? area.equals(tableArea) : tables.isEmpty() || tables.contains(tableId);
    }
}
