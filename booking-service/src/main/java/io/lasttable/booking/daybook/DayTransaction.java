package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Outage;
import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A transaction whose BEGIN travels with its first statements and whose COMMIT travels with its last ones: the client
 * pipelines what is sent without waiting, so that no round trip is spent on them.
 *
 * <p>A statement that fails ends the transaction, and the COMMIT behind it then rolls back. When the connection is lost after
 * the COMMIT may have been sent, PostgreSQL's own record of the transaction is asked ({@code pg_xact_status}). Committed, and the
 * server has not crashed meanwhile: the answer is as good as if nothing had happened. Aborted: nothing was done and the step may be tried again. Neither to be had:
 * the caller is told that the outcome is open, never a guess.
 */
final class DayTransaction {

    private static final Logger LOG = Logger.getLogger(DayTransaction.class);

    /**
     * With array parameters PostgreSQL takes a plan for any values to be dearer than one for these, and plans the day's reads
     * anew each time, which costs more than running them. The generic plan is the same plan.
     */
    private static final String PLAN_ONCE = "set local plan_cache_mode = force_generic_plan";

    private static final String BEGIN = "begin; " + Transactions.LIMITS + "; " + PLAN_ONCE;
    /** What is written for one day may wait for somebody, for example at a key; the others aboard do not wait with it for long. */
    private static final String BEGIN_SHARED = BEGIN + "; set local lock_timeout = '100ms'";

    private static final String BEGIN_LOOK =
            "begin isolation level repeatable read read only; " + Transactions.READ_LIMITS + "; " + PLAN_ONCE;
    /**
     * What tells this transaction from every other one: PostgreSQL's id of it, when the server was started, and when it began. A server
     * that crashes gives ids anew of which nothing had reached the disk, so that the id alone may be somebody else's by the time it is
     * asked for.
     */
    static final String ID = "pg_current_xact_id()::text || ' ' || extract(epoch from pg_postmaster_start_time())::text"
            + " || ' ' || extract(epoch from now())::text";

    /** Committed only where the server has been the same all the while; it begins its statistics anew when it has recovered. */
    private static final String OUTCOME = """
            select case when status <> 'committed'
                or split_part($1::text, ' ', 2) = extract(epoch from pg_postmaster_start_time())::text
                and (select coalesce(max(stats_reset), '-infinity') from pg_stat_bgwriter)
                  < to_timestamp(split_part($1::text, ' ', 3)::float8)
              then status else 'in doubt' end
            from (select pg_xact_status(split_part($1::text, ' ', 1)::xid8) as status) as known
            """;

    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(8);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Pool database;
    private final SqlConnection connection;

    DayTransaction(Pool database, SqlConnection connection) {
        this.database = database;
        this.connection = connection;
    }

    Uni<?> begin() {
        return connection.query(BEGIN).execute();
    }

    /** For days of many: it ends soon where it would have to wait for a lock. */
    Uni<?> beginShared() {
        return connection.query(BEGIN_SHARED).execute();
    }

    /** All statements up to the end see one committed state. */
    Uni<?> beginLook() {
        return connection.query(BEGIN_LOOK).execute();
    }

    Uni<?> end() {
        return connection.query("commit").execute();
    }

    /** Sends the statements and the COMMIT in one go; fails with {@link RolledBack} when the connection took it along. */
    Uni<Void> commit(List<Write> writes, String transactionId) {
        List<Uni<?>> statements = new ArrayList<>();
        writes.forEach(write -> statements.add(write.send(connection)));
        statements.add(end());
        return Uni.combine()
                .all()
                .unis(statements)
                .discardItems()
                .onFailure(DayTransaction::leavesOutcomeOpen)
                .recoverWithUni(lost -> outcome(transactionId, lost));
    }

    /** The connection goes back to the pool afterwards, so nothing may be left open on it. */
    Uni<Void> rollback() {
        return connection
                .query("rollback")
                .execute()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf("Rolled back by the server: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** Only a refusal that the server itself has sent for a statement is known to have ended the transaction. */
    private static boolean leavesOutcomeOpen(Throwable failure) {
        return !(failure instanceof PgException refused) || Outage.isConnectionEnd(refused);
    }

    /** @param transactionId {@link #ID} as it was */
    Uni<Void> outcome(String transactionId, Throwable lost) {
        return database.preparedQuery(OUTCOME)
                .execute(Tuple.of(transactionId))
                .map(rows -> rows.iterator().next().getString(0))
                .invoke(status -> settle(transactionId, lost, status))
                .onFailure(DayTransaction::isStillToBeFoundOut)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(LONGEST_SEARCH.toMillis())
                .onFailure(DayTransaction::isStillToBeFoundOut)
                .transform(failure -> open(transactionId))
                .replaceWithVoid();
    }

    private static boolean isStillToBeFoundOut(Throwable failure) {
        return !(failure instanceof RolledBack || failure instanceof Problem);
    }

    private static void settle(String transactionId, Throwable lost, String status) {
        LOG.warnf(lost, "Transaction %s lost its connection in the commit and is %s", transactionId, status);
        switch (String.valueOf(status)) {
            case "committed" -> {}
            case "aborted" -> throw new RolledBack();
            case "in progress" -> throw new StillRunning();
            default -> throw open(transactionId);
        }
    }

    private static Problem open(String transactionId) {
        LOG.errorf("What became of transaction %s could not be found out", transactionId);
        return outcomeOpen();
    }

    /** Neither "done" nor "not done" may be said. */
    static Problem outcomeOpen() {
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
