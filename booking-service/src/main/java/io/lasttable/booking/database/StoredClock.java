package io.lasttable.booking.database;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Times as fine as PostgreSQL keeps them, so that what is answered at once is what is read later. */
public final class StoredClock {

    public static final Clock UTC = Clock.tick(Clock.systemUTC(), Duration.of(1, ChronoUnit.MICROS));

    private StoredClock() {}
}
