package io.lasttable.booking.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.function.Function;

/**
 * Transactions with a limit: a lock that is not won, or a statement that hangs, ends the transaction instead of holding up a day.
 *
 * <p>The limits are set inside each transaction. As start-up parameters of the connection they would not survive poolers:
 * PgBouncer refuses parameters that it does not know, and RDS Proxy shares sessions between clients.
 */
public final class Transactions {

    /** SQL that sets the limits for the rest of a transaction that only reads. */
    public static final String READ_LIMITS =
            "set local statement_timeout = '8s'; set local idle_in_transaction_session_timeout = '5s'";

    /**
     * SQL that sets the limits for the rest of a transaction: 3 s for a lock, 8 s for a statement, and 5 s for the client to go
     * on: a replica that freezes in mid-transaction does not keep its days locked.
     */
    public static final String LIMITS = "set local lock_timeout = '3s'; " + READ_LIMITS;

    private static final String BEGIN_READ = "begin isolation level repeatable read read only; " + READ_LIMITS;

    private Transactions() {}

    /** As {@link Pool#withTransaction}, with the limits. */
    public static <T> Uni<T> within(Pool database, Function<SqlConnection, Uni<T>> work) {
        return database.withTransaction(
                transaction -> transaction.query(LIMITS).execute().chain(() -> work.apply(transaction)));
    }

    /** Does it all, takes it back, and gives what it would have come to. */
    public static <T> Uni<T> tried(Pool database, Function<SqlConnection, Uni<T>> work) {
        return within(
                        database,
                        transaction -> work.apply(transaction)
                                .<T>chain(done -> Uni.createFrom().failure(new OnlyTried(done))))
                .onFailure(OnlyTried.class)
                .recoverWithItem(Transactions::came);
    }

    @SuppressWarnings("unchecked")
    private static <T> T came(Throwable tried) {
        return (T) ((OnlyTried) tried).done;
    }

    /** Rolls back what was only tried. */
    private static final class OnlyTried extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Object done;

        OnlyTried(Object done) {
            super("Only tried", null, false, false);
            this.done = done;
        }
    }

    /** Reads with the limits, all at one instant and in one round trip: the work must send all it sends at once. */
    public static <T> Uni<T> read(Pool database, Function<SqlConnection, Uni<T>> work) {
        return database.withConnection(connection -> Uni.combine()
                .all()
                .unis(
                        connection.query(BEGIN_READ).execute(),
                        work.apply(connection),
                        connection.query("commit").execute())
                .with((begun, answer, ended) -> answer));
    }
}
