package io.lasttable.booking.daybook;

import io.lasttable.booking.daybook.DayTransaction.OutcomeUnknown;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Finds out what became of a transaction whose connection was lost during its COMMIT, from PostgreSQL's own record of it
 * ({@code pg_xact_status}). Committed: the answer is as good as if nothing had happened. Aborted: nothing was done and the step
 * may be tried again. Neither to be had: the caller is told that the outcome is open, never a guess.
 */
final class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);
    private static final String STATUS = "select pg_xact_status($1::text::xid8)";
    private static final int MOST_LOOKS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Pool database;

    Outcomes(Pool database) {
        this.database = database;
    }

    /** Completes when the transaction has committed; fails with {@link RolledBack} when it has not. */
    Uni<Void> of(OutcomeUnknown lost) {
        return database.preparedQuery(STATUS)
                .execute(Tuple.of(lost.transactionId()))
                .map(rows -> rows.iterator().next().getString(0))
                .invoke(status -> settle(lost, status))
                .onFailure(failure -> !(failure instanceof RolledBack || failure instanceof Problem))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .atMost(MOST_LOOKS)
                .onFailure(failure -> !(failure instanceof RolledBack || failure instanceof Problem))
                .transform(failure -> open(lost))
                .replaceWithVoid();
    }

    private static void settle(OutcomeUnknown lost, String status) {
        LOG.warnf(lost, "Transaction %s lost its connection in the commit and is %s", lost.transactionId(), status);
        switch (String.valueOf(status)) {
            case "committed" -> {}
            case "aborted" -> throw new RolledBack();
            case "in progress" -> throw new StillRunning();
            default -> throw open(lost);
        }
    }

    private static Problem open(OutcomeUnknown lost) {
        LOG.errorf("What became of transaction %s could not be found out", lost.transactionId());
        return Problem.of(
                Problem.Type.OVERLOADED,
                "The outcome could not be confirmed: repeat it with the same Idempotency-Key, or read it by its id.");
    }

    /** Nothing was done. */
    static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        RolledBack() {
            super("The transaction was rolled back with its connection", null, false, false);
        }
    }

    private static final class StillRunning extends RuntimeException {
        private static final long serialVersionUID = 1;

        StillRunning() {
            super("The transaction is still running", null, false, false);
        }
    }
}
