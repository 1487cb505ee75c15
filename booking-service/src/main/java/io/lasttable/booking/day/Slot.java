package io.lasttable.booking.day;

import io.lasttable.booking.venue.ServicePeriod;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * A start time of a service: the venue-local time as printed on a menu, and the instant it means on this date.
 *
 * @param closesAt the same-day cut-off, where that is before the start
 */
public record Slot(LocalTime time, Instant startsAt, ServicePeriod period, Optional<Instant> closesAt) {

    /** Whether its cut-off has passed. */
    boolean isShut(Instant now) {
        return closesAt.isPresent() && !now.isBefore(closesAt.get());
    }

    /** How long a party of this size keeps its tables, in elapsed time; empty when the service has no turn time for it. */
    public Optional<Duration> turnTime(int partySize) {
        return period.turnTime(partySize);
    }

    /** Where it stands in the service date, counted from its midnight on the wall clock; past the next one it exceeds a day. */
    Duration clock() {
        boolean pastMidnight = time.isBefore(period.firstSeating());
        return Duration.ofSeconds(time.toSecondOfDay()).plusDays(pastMidnight ? 1 : 0);
    }

    Duration longestTurn() {
        return period.longestTurn();
    }
}
