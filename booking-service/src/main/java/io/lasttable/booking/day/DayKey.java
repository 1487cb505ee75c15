package io.lasttable.booking.day;

import io.lasttable.booking.venue.VenueId;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One venue on one service date (venue-local; a dinner that runs past midnight belongs to the date it began on).
 *
 * <p>The order is the one in which locks on several days are taken.
 */
public record DayKey(VenueId venueId, LocalDate date) implements Comparable<DayKey> {

    private static final Comparator<DayKey> LOCK_ORDER =
            Comparator.comparing((DayKey key) -> key.venueId().value()).thenComparing(DayKey::date);

    public static SortedSet<DayKey> only(DayKey key) {
        return new TreeSet<>(Set.of(key));
    }

    /** The days of a move, in lock order; one when both are the same. */
    public static SortedSet<DayKey> both(DayKey from, DayKey to) {
        return new TreeSet<>(List.of(from, to));
    }

    @Override
    public int compareTo(DayKey other) {
        return LOCK_ORDER.compare(this, other);
    }

    /** As in the Kafka key: {@code chez-nous/2026-11-28}. */
    @Override
    public String toString() {
        return venueId.value() + "/" + date;
    }
}
