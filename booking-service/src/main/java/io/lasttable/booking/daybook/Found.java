package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Reservation;
import java.time.Instant;

/**
 * A reservation that was looked for.
 *
 * @param updatedAt when it became as it is; 1970 when it has not changed since that is written down
 */
public record Found(Reservation reservation, Instant updatedAt) {}
