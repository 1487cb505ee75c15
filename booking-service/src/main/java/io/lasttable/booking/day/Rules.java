package io.lasttable.booking.day;

import java.time.Duration;

/**
 * What is the same for every venue.
 *
 * @param offerFor how long an offer to somebody in line is kept
 * @param mostWaiting entries that may be open for one day
 * @param seatEarly how long before its start a party may be seated, and so finish
 * @param noShowAfter how long after its start a party that has not come may be marked as a no-show
 */
public record Rules(Duration offerFor, int mostWaiting, Duration seatEarly, Duration noShowAfter) {}
