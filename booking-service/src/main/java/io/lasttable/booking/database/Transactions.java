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

    /** SQL that sets the limits for the rest of a transaction: 3 s for a lock, 10 s for a statement. */
    public static final String LIMITS = "set local lock_timeout = '3s'; set local statement_timeout = '10s'";

    private Transactions() {}

    /** As {@link Pool#withTransaction}, with the limits. */
    public static <T> Uni<T> within(Pool database, Function<SqlConnection, Uni<T>> work) {
        return database.withTransaction(
                transaction -> transaction.query(LIMITS).execute().chain(() -> work.apply(transaction)));
    }
}
