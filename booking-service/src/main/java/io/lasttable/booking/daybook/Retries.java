package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Outage;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.micrometer.core.instrument.Metrics;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Another try for a transaction that ended through nobody's fault: serialization failure (40001), deadlock (40P01), lock not won in time
 * (55P03), a table or a receipt that was taken beside the lock (LT001, 23505), a lost connection before the COMMIT. At most
 * {@link #MOST} more within {@link #BUDGET}, with growing, jittered pauses; then the caller is asked to come back.
 */
final class Retries {

    private static final Logger LOG = Logger.getLogger(Retries.class);
    private static final int MOST = 5;

    /** After so long nothing is tried anew: who asks has waited long enough. */
    private static final Duration BUDGET = Duration.ofSeconds(8);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);
    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "23505", OccupancyTable.TABLES_TAKEN);

    private final DayRoll roll;

    Retries(DayRoll roll) {
        this.roll = roll;
    }

    <T> Uni<T> around(VenueId venue, Supplier<Uni<? extends T>> attempt) {
        return Uni.createFrom().deferred(() -> within(venue, attempt, System.nanoTime()));
    }

    private <T> Uni<T> within(VenueId venue, Supplier<Uni<? extends T>> attempt, long began) {
        AtomicInteger again = new AtomicInteger();
        return Uni.createFrom()
                .<T>deferred(attempt)
                .onFailure(LoadedDays.DayNotOpen.class)
                .call(closed -> roll.open(venue, ((LoadedDays.DayNotOpen) closed).dates(), DayBook.now()))
                .onFailure(Retries::isConstraint)
                .invoke(() -> constraintFired("venue " + venue))
                .onFailure(Retries::isWorthAnotherTry)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .until(failure -> again.incrementAndGet() <= MOST && !isTooLate(began))
                .onFailure()
                .transform(failure -> verdict(venue, failure));
    }

    static boolean isConstraint(Throwable failure) {
        return failure instanceof PgException refused && OccupancyTable.TABLES_TAKEN.equals(refused.getSqlState());
    }

    /** @param began as {@link System#nanoTime} */
    static boolean isTooLate(long began) {
        return System.nanoTime() - began > BUDGET.toNanos();
    }

    /** The last line of defence held, and the lines before it did not: worth a look, each time. */
    static void constraintFired(String where) {
        Metrics.counter("lasttable.day.constraint.fired").increment();
        LOG.warnf("A table of %s was taken beside the lock of its day; the step is decided again", where);
    }

    static boolean isWorthAnotherTry(Throwable failure) {
        return failure instanceof PgException refused
                        && STATES.contains(refused.getSqlState())
                        && !ExternalIdTaken.explains(failure)
                || Outage.explains(failure)
                || failure instanceof DayTransaction.RolledBack
                || failure instanceof LoadedDays.DayNotOpen
                || failure instanceof DayPlans.Outdated;
    }

    static Problem unreachable() {
        return Problem.of(
                Problem.Type.OVERLOADED, "The day cannot be reached or written at present; try again in a second.");
    }

    /** Mutiny wraps the last failure when it gives up. */
    private static Throwable verdict(VenueId venue, Throwable failure) {
        Throwable last =
                failure.getCause() != null && isWorthAnotherTry(failure.getCause()) ? failure.getCause() : failure;
        if (last instanceof LoadedDays.DayNotOpen) {
            return Problem.of(Problem.Type.NOT_BOOKABLE, "The day is not open.")
                    .with("reason", Refusal.Reason.OUTSIDE_BOOKING_WINDOW.label());
        }
        if (isWorthAnotherTry(last)) {
            LOG.warnf("Giving up on a day of venue %s: %s", venue, last.getMessage());
            return unreachable();
        }
        return ExternalIdTaken.explains(last) ? new ExternalIdTaken() : failure;
    }
}
