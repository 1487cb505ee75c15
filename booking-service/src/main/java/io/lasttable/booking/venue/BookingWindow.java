package io.lasttable.booking.venue;

import java.time.Duration;

/**
 * When guests may book.
 *
 * @param maxDaysAhead the last bookable date, in days from today at the venue; 0 to 365
 * @param minNotice the shortest time between booking and start
 */
public record BookingWindow(int maxDaysAhead, Duration minNotice) {}
