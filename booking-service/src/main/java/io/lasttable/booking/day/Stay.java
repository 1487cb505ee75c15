package io.lasttable.booking.day;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What keeps tables from others: one reservation at its tables from {@code startsAt} until {@code until} (exclusive).
 *
 * @param date the service date it belongs to; a late dinner of the day before reaches into this one
 * @param expiresAt of a hold only; from this instant on it stands in nobody's way
 */
public record Stay(
        UUID reservationId,
        LocalDate date,
        List<String> tables,
        Instant startsAt,
        Instant until,
        int partySize,
        Optional<Instant> expiresAt) {

    public Stay {
        tables = List.copyOf(tables);
    }

    boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }

    boolean overlaps(Instant from, Instant to) {
        return startsAt.isBefore(to) && until.isAfter(from);
    }
}
