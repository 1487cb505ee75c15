package io.lasttable.availability.rebuild;

import io.lasttable.availability.projection.Tables;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The tables of a rebuild, in a schema of their own with the same names, and the swap.
 *
 * <p>The swap is one transaction. First the live tables are closed to writers, not to readers: what live replicas have
 * projected by then, Kafka held before, so reading Kafka to its end <em>now</em> makes the fresh tables at least as new. Then
 * readers are asked to wait for the moment in which the tables change places; when that takes longer than {@code
 * swapWait}, because some read is long, everything is rolled back and tried again. That is shorter than PostgreSQL's
 * deadlock timeout (1 s), so a swap gives way before a reader could be chosen to fail. Writers that waited find the fresh
 * tables by their names and go on. A crash at any point leaves the live tables as they were.
 */
@ApplicationScoped
class FreshTables {

    static final Tables FRESH = new Tables("rebuild.venue", "rebuild.day");

    private static final int MOST_ATTEMPTS = 100;
    private static final long PAUSE_NANOS = 200_000_000;

    /** SQLSTATE lock_not_available, deadlock_detected. */
    private static final Set<String> GIVE_WAY = Set.of("55P03", "40P01");

    private final Pool pool;
    private final long swapWaitMillis;

    FreshTables(Pool pool, AvailabilitySettings settings) {
        this.pool = pool;
        this.swapWaitMillis = settings.rebuild().swapWait().toMillis();
    }

    /** Leftovers of a rebuild that was killed are dropped. */
    void create() {
        run(
                "DROP SCHEMA IF EXISTS rebuild CASCADE",
                "CREATE SCHEMA rebuild",
                "CREATE TABLE rebuild.venue (LIKE venue INCLUDING ALL)",
                "CREATE TABLE rebuild.day (LIKE day INCLUDING ALL) WITH (fillfactor = 85)");
    }

    /** So that the first reads after the swap are planned well. */
    void analyze() {
        run("SET statement_timeout = 0", "ANALYZE rebuild.venue", "ANALYZE rebuild.day", "RESET statement_timeout");
    }

    /** {@code [live, fresh]}: days that are not over. */
    long[] days() {
        String count = "SELECT (SELECT count(*) FROM day WHERE date >= current_date - 1),"
                + " (SELECT count(*) FROM rebuild.day WHERE date >= current_date - 1)";
        Row row = pool.query(count).execute().await().indefinitely().iterator().next();
        return new long[] {row.getLong(0), row.getLong(1)};
    }

    /**
     * @param hold makes sure inside the transaction that this rebuild is still the one
     * @param catchUp brings the fresh tables to Kafka's end while no writer can pass
     */
    void swap(Consumer<SqlConnection> hold, Runnable catchUp) {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            if (tried(hold, catchUp)) {
                return;
            }
            Log.infof("Readers were busy; the swap is tried again (%d)", attempt);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IllegalStateException("No moment for the swap was found; is a long transaction reading the tables?");
    }

    private boolean tried(Consumer<SqlConnection> hold, Runnable catchUp) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        boolean committed = false;
        try {
            closeToWriters(connection);
            hold.accept(connection);
            catchUp.run();
            changePlaces(connection);
            committed = true;
            return true;
        } catch (RuntimeException e) {
            if (e instanceof PgException refused && GIVE_WAY.contains(refused.getSqlState())) {
                return false;
            }
            throw e;
        } finally {
            leave(connection, committed);
        }
    }

    private static void closeToWriters(SqlConnection connection) {
        run(
                connection,
                "BEGIN",
                "SET LOCAL statement_timeout = 0",
                "SET LOCAL idle_in_transaction_session_timeout = '30s'",
                "SET LOCAL lock_timeout = '3s'",
                "LOCK TABLE venue, day IN SHARE ROW EXCLUSIVE MODE");
    }

    private void changePlaces(SqlConnection connection) {
        String schema = "\"" + one(connection, "SELECT current_schema()").replace("\"", "\"\"") + "\"";
        run(
                connection,
                "SET LOCAL lock_timeout = " + swapWaitMillis,
                "LOCK TABLE venue, day IN ACCESS EXCLUSIVE MODE",
                "DROP TABLE venue, day",
                "ALTER TABLE rebuild.venue SET SCHEMA " + schema,
                "ALTER TABLE rebuild.day SET SCHEMA " + schema,
                "DROP SCHEMA rebuild",
                "COMMIT");
    }

    private static void leave(SqlConnection connection, boolean committed) {
        try {
            if (!committed) {
                run(connection, "ROLLBACK");
            }
        } finally {
            connection.closeAndAwait();
        }
    }

    private void run(String... statements) {
        SqlConnection connection = pool.getConnection().await().indefinitely();
        try {
            run(connection, statements);
        } finally {
            connection.closeAndAwait();
        }
    }

    private static void run(SqlConnection connection, String... statements) {
        for (String statement : List.of(statements)) {
            RowSet<Row> done = connection.query(statement).execute().await().indefinitely();
            assert done != null;
        }
    }

    private static String one(SqlConnection connection, String query) {
        return connection
                .query(query)
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getString(0);
    }
}
