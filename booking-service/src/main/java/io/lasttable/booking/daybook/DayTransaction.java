package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Outage;
import io.lasttable.booking.database.Transactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * A transaction whose BEGIN travels with its first statements and whose COMMIT travels with its last ones: the client
 * pipelines what is sent without waiting, so that no round trip is spent on them.
 *
 * <p>A statement that fails ends the transaction, and the COMMIT behind it then rolls back. When the connection
 * is lost after the COMMIT may have been sent, nobody here can know what became of it: {@link OutcomeUnknown}.
 */
final class DayTransaction {

    private static final Logger LOG = Logger.getLogger(DayTransaction.class);

    /**
     * With array parameters PostgreSQL takes a plan for any values to be dearer than one for these, and plans the day's reads
     * anew each time, which costs more than running them. The generic plan is the same plan.
     */
    private static final String PLAN_ONCE = "set local plan_cache_mode = force_generic_plan";

    private static final String BEGIN = "begin; " + Transactions.LIMITS + "; " + PLAN_ONCE;
    private static final String BEGIN_LOOK = "begin isolation level repeatable read read only; " + PLAN_ONCE;

    private final SqlConnection connection;

    DayTransaction(SqlConnection connection) {
        this.connection = connection;
    }

    Uni<?> begin() {
        return connection.query(BEGIN).execute();
    }

    /** All statements up to the end see one committed state. */
    Uni<?> beginLook() {
        return connection.query(BEGIN_LOOK).execute();
    }

    Uni<?> end() {
        return connection.query("commit").execute();
    }

    /** Sends the statements and the COMMIT in one go. */
    Uni<Void> commit(List<Uni<?>> statements, String transactionId) {
        List<Uni<?>> all = new ArrayList<>(statements);
        all.add(end());
        return together(all)
                .onFailure(DayTransaction::leavesOutcomeOpen)
                .transform(lost -> new OutcomeUnknown(transactionId, lost))
                .replaceWithVoid();
    }

    /** Sends statements without waiting for one another; their answers in order, or the first failure. */
    static Uni<List<Object>> together(List<Uni<?>> statements) {
        List<Uni<Object>> objects = new ArrayList<>();
        statements.forEach(statement -> objects.add(statement.map(Object.class::cast)));
        return Uni.join().all(objects).andFailFast();
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

    /** The COMMIT may have been executed, or may not. */
    static final class OutcomeUnknown extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String transactionId;

        OutcomeUnknown(String transactionId, Throwable cause) {
            super("The connection was lost during the commit of transaction " + transactionId, cause);
            this.transactionId = transactionId;
        }

        String transactionId() {
            return transactionId;
        }
    }
}
