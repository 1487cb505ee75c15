package io.lasttable.availability.day;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A slot in one number, so that calendar and search decide "open for p, not yet begun, how far from the wanted time"
 * without reading documents. The same layout is read in SQL by search, so it changes only together with a rebuild.
 *
 * <pre>
 * bits  0..39  bit p-1: something is left for a party of p (1 to 40)
 * bits 40..48  offset from UTC in steps of 5 minutes, plus 144
 * bits 49..60  venue-local start, minutes after 00:00 of the service date (after midnight: 1440 and more)
 * </pre>
 */
public final class OfferCode {

    public static final int LARGEST_PARTY = 40;
    public static final int OFFSET_SHIFT = 40;
    public static final int OFFSET_MASK = 0x1ff;
    public static final int OFFSET_STEP = 5;
    public static final int OFFSET_ZERO = 144;
    public static final int LOCAL_SHIFT = 49;

    private OfferCode() {}

    /** @param localStart the slot's local start, see {@link Day#localStart} */
    static long encode(LocalDate date, LocalDateTime localStart, Slot slot) {
        long local = ChronoUnit.MINUTES.between(date.atStartOfDay(), localStart);
        long offset = local - Duration.between(midnight(date), slot.startsAt()).toMinutes();
        long steps = Math.floorDiv(offset, OFFSET_STEP) + OFFSET_ZERO;
        if (steps < 0 || steps > OFFSET_MASK || local < 0 || local >= 1 << 12) {
            throw new IllegalArgumentException("slot " + slot.time() + " starts at " + slot.startsAt()
                    + ", which is no local time of service date " + date);
        }
        long parties = slot.left().entrySet().stream()
                .filter(left -> left.getKey() <= LARGEST_PARTY && left.getValue() > 0)
                .mapToLong(left -> 1L << (left.getKey() - 1))
                .reduce(0, (a, b) -> a | b);
        return parties | steps << OFFSET_SHIFT | local << LOCAL_SHIFT;
    }

    public static boolean isOpenFor(long code, PartySize party) {
        return (code >> (party.value() - 1) & 1) == 1;
    }

    public static Instant startsAt(long code, LocalDate date) {
        long offset = ((code >> OFFSET_SHIFT & OFFSET_MASK) - OFFSET_ZERO) * OFFSET_STEP;
        return midnight(date).plus(Duration.ofMinutes((code >> LOCAL_SHIFT) - offset));
    }

    private static Instant midnight(LocalDate date) {
        return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
