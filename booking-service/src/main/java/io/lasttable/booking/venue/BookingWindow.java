package io.lasttable.booking.venue;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;

/**
 * When guests may book.
 *
 * @param maxDaysAhead the last bookable date, in days from today at the venue; 0 to 365
 * @param minNotice the shortest time between booking and start
 * @param sameDayCutoff by the venue's clock: from then on a service date takes no new bookings for what it still has to come
 */
public record BookingWindow(int maxDaysAhead, Duration minNotice, Optional<LocalTime> sameDayCutoff) {}
