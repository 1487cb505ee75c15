package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who keeps which table when, as the day sees it: its own stays, and those of its neighbours that reach into it.
 *
 * <p>Immutable. Per table the stays stand in order of their start and, as the database also enforces, do not overlap. Between two
 * of them the table is made ready: it is free once that is done, and for as long as it still can be before the next. Who may do
 * without it asks {@link #regardlessOfBuffers}.
 */
final class Occupancy {

    private final Floor floor;
    private final LocalDate date;
    private final List<Stay> stays;
    private final List<List<Stay>> byTable;
    private final boolean buffered;

    Occupancy(Floor floor, LocalDate date, List<Stay> stays) {
        this.floor = floor;
        this.date = date;
        this.stays = List.copyOf(stays);
        this.byTable = new ArrayList<>();
        this.buffered = !floor.longestBuffer().isZero();
        for (int table = 0; table < floor.tableCount(); table++) {
            byTable.add(new ArrayList<>());
        }
        for (Stay stay : stays) {
            for (String id : stay.tables()) {
                int table = floor.indexOf(id);
                if (table >= 0) {
                    byTable.get(table).add(stay);
                }
            }
        }
        byTable.forEach(list -> list.sort(Comparator.comparing(Stay::startsAt)));
    }

    private Occupancy(Occupancy same, boolean buffered) {
        this.floor = same.floor;
        this.date = same.date;
        this.stays = same.stays;
        this.byTable = same.byTable;
        this.buffered = buffered;
    }

    /** The same, where a table is free as soon as nobody sits there. */
    Occupancy regardlessOfBuffers() {
        return buffered ? new Occupancy(this, false) : this;
    }

    /** When the last one must have left the table for whoever starts then. */
    private Instant leftBy(Instant start, int table) {
        return buffered ? start.minus(floor.buffer(table)) : start;
    }

    /** When the next one may start at the table of whoever stays until then. */
    private Instant readyAfter(Instant until, int table) {
        return buffered ? until.plus(floor.buffer(table)) : until;
    }

    Occupancy with(Stay stay) {
        List<Stay> more = new ArrayList<>(stays);
        more.add(stay);
        return new Occupancy(floor, date, more);
    }

    Occupancy without(UUID reservationId) {
        return new Occupancy(
                floor,
                date,
                stays.stream()
                        .filter(stay -> !stay.reservationId().equals(reservationId))
                        .toList());
    }

    /** The day's own stays. */
    Stream<Stay> own() {
        return stays.stream().filter(stay -> stay.date().equals(date));
    }

    List<Stay> stays() {
        return stays;
    }

    /**
     * Whether a stay keeps others out at {@code now}. An expired hold of this day does not: whoever takes its place clears it.
     * One of a neighbouring day still does, since only its own day may clear it; the sweep does so within a second.
     */
    boolean blocks(Stay stay, Instant now) {
        return !(stay.date().equals(date) && stay.isExpired(now));
    }

    /** Whether the tableSet has nobody in [from, until) that {@code counts} accepts. */
    boolean isFree(TableSet tableSet, Instant from, Instant until, Predicate<Stay> counts) {
        for (int table : tableSet.indexes()) {
            Instant left = leftBy(from, table);
            Instant next = readyAfter(until, table);
            for (Stay stay : byTable.get(table)) {
                if (stay.overlaps(left, next) && counts.test(stay)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** When only holds keep the tableSet: the instant at which the last of them runs out. */
    Optional<Instant> freedByExpiry(TableSet tableSet, Instant from, Instant until) {
        Instant last = Instant.MIN;
        for (int table : tableSet.indexes()) {
            Instant left = leftBy(from, table);
            Instant next = readyAfter(until, table);
            for (Stay stay : byTable.get(table)) {
                if (stay.overlaps(left, next)) {
                    if (stay.expiresAt().isEmpty()) {
                        return Optional.empty();
                    }
                    last = last.isAfter(stay.expiresAt().get())
                            ? last
                            : stay.expiresAt().get();
                }
            }
        }
        return Optional.of(last);
    }

    /** Covers of the day's own parties that start at this instant. */
    int coversStarting(Instant start, Predicate<Stay> counts) {
        return own().filter(stay -> stay.startsAt().equals(start))
                .filter(counts)
                .mapToInt(Stay::partySize)
                .sum();
    }

    /**
     * For each table: until when it is free from {@code start} on, as epoch seconds; {@code start} itself when it is not free then,
     * {@link Long#MAX_VALUE} when nobody comes after. One pass serves every party size of a slot.
     */
    long[] freeUntil(Instant start, Instant now) {
        long[] until = new long[byTable.size()];
        Arrays.fill(until, Long.MAX_VALUE);
        for (int table = 0; table < until.length; table++) {
            Instant left = leftBy(start, table);
            for (Stay stay : byTable.get(table)) {
                if (stay.until().isAfter(left) && blocks(stay, now)) {
                    until[table] = Math.max(
                            start.getEpochSecond(),
                            leftBy(stay.startsAt(), table).getEpochSecond());
                    break;
                }
            }
        }
        return until;
    }
}
