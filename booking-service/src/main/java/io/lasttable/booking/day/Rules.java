package io.lasttable.booking.day;

import java.time.Duration;

/**
 * What a step needs to know beyond the day.
 *
 * @param offerFor how long the hold of a waitlist offer lasts; it never outlasts the start that it is for
 * @param mostWaiting entries that may be open for one day
 */
public record Rules(Duration offerFor, int mostWaiting) {}
