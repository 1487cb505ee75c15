package io.lasttable.edge;

import io.vertx.core.Future;
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
 * as long as was promised, and nothing is removed before its time. From one reading to the next ({@link ClockReadings}) it goes on by
 * the monotonic clock, which nobody sets; before the first it is the machine's.
 *
 * <p>Times are as fine as PostgreSQL keeps them, so that what is answered at once is what is read later.
 */
public final class DatabaseClock extends Clock {

    /** The one of this process. */
    public static final DatabaseClock UTC = new DatabaseClock(Clock.systemUTC(), System::nanoTime);

    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** By how much the machine's clock goes on otherwise than the monotonic one when something has happened to it. */
    private static final Duration JUMP = Duration.ofSeconds(1);

    private final Clock machine;
    private final LongSupplier nanos;
    private volatile Reading last;

    /**
     * What time it was.
     *
     * @param nanos when, by the monotonic clock
     * @param ahead by how much the machine's clock was ahead then
     */
    private record Reading(Instant time, long nanos, long asked, Duration ahead) {
        Instant at(long later) {
            return time.plusNanos(later - nanos);
        }
    }

    DatabaseClock(Clock machine, LongSupplier nanos) {
        this.machine = machine;
        this.nanos = nanos;
    }

    /** Whether it is time to read: nothing was read yet or for some seconds, or the machine has been suspended or its clock set. */
    boolean isDue() {
        Reading known = last;
        long now = nanos.getAsLong();
        return known == null
                || now - known.nanos() >= PERIOD.toNanos()
                || ahead(known.at(now)).minus(known.ahead()).abs().compareTo(JUMP) > 0;
    }

    private Duration ahead(Instant database) {
        return Duration.between(database, machine.instant());
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
     * Takes what was said between {@code asked} and now, unless something that was asked later is known. It is now at least that, and at most so
     * much later as was waited: what was known stays where it lies between the two, so that an answer which comes late spoils nothing.
     *
     * @param asked by the monotonic clock
     */
    synchronized void read(Instant said, long asked) {
        Reading known = last;
        if (known != null && asked - known.asked() < 0) {
            return;
        }
        long heard = nanos.getAsLong();
        Duration waited = Duration.ofNanos(heard - asked);
        Instant now = known == null ? said.plus(waited.dividedBy(2)) : within(said, known.at(heard), said.plus(waited));
        last = new Reading(now, heard, asked, ahead(now));
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
