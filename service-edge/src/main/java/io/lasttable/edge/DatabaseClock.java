package io.lasttable.edge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/**
 * The clock of a service's database, by which all its replicas decide, whatever the clocks of their machines say: a hold is kept
 * as long as was promised, and nothing is removed before its time. From one reading to the next it goes on by the monotonic
 * clock, which nobody sets; before the first it is the machine's.
 *
 * <p>Times are as fine as PostgreSQL keeps them, so that what is answered at once is what is read later.
 */
public final class DatabaseClock extends Clock {

    /** The one of this process. */
    public static final DatabaseClock UTC = new DatabaseClock(Clock.systemUTC(), System::nanoTime);

    /** A machine that was suspended has missed as much as it slept, and is told so within this. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Clock machine;
    private final LongSupplier nanos;
    private volatile Reading last;

    private record Reading(Instant time, long nanos) {
        Instant at(long later) {
            return time.plusNanos(later - nanos);
        }
    }

    DatabaseClock(Clock machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
    }

    /**
     * Reads it now, once more over the connection that is open then, and every few seconds. While the database is away it goes on by itself; that
     * it is away is told by others.
     */
    public void readFrom(SqlClient database, Vertx vertx) {
        var now = read(database).compose(first -> read(database));
        long timer = vertx.setPeriodic(PERIOD.toMillis(), due -> {
            var later = read(database);
            assert later != null;
        });
        assert now != null && timer >= 0;
    }

    /** What the database said. */
    Future<Instant> read(SqlClient database) {
        long asked = nanos.getAsLong();
        return database.query("select clock_timestamp()")
                .execute()
                .map(rows -> rows.iterator().next().get(OffsetDateTime.class, 0).toInstant())
                .onSuccess(said -> read(said, asked));
    }

    /**
     * Takes what was said between {@code asked} and now. It is now at least that, and at most so much later as was waited: what was known
     * stays where it lies between the two, so that an answer which comes late spoils nothing.
     *
     * @param asked by the monotonic clock
     */
    void read(Instant said, long asked) {
        long heard = nanos.getAsLong();
        Duration waited = Duration.ofNanos(heard - asked);
        Reading known = last;
        Instant now = known == null ? said.plus(waited.dividedBy(2)) : within(said, known.at(heard), said.plus(waited));
        last = new Reading(now, heard);
    }

    private static Instant within(Instant earliest, Instant known, Instant latest) {
        if (known.isBefore(earliest)) {
            return earliest;
        }
        return known.isAfter(latest) ? latest : known;
    }

    @Override
    public Instant instant() {
        Reading known = last;
        Instant now = known == null ? machine.instant() : known.at(nanos.getAsLong());
        return now.truncatedTo(ChronoUnit.MICROS);
    }

    /** The date at UTC. */
    public LocalDate today() {
        return LocalDate.ofInstant(instant(), ZoneOffset.UTC);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** Nothing here asks a clock for local time. */
    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The database's clock is told at UTC");
    }
}
