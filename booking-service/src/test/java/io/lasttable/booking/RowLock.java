package io.lasttable.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Holds rows locked, so that requests stand still just there, in the order in which they came. */
public final class RowLock implements AutoCloseable {

    private final DataSource database;
    private final Connection holder;

    /** @param rows what is behind {@code select ... for update} */
    public RowLock(DataSource database, String rows) throws SQLException {
        this.database = database;
        this.holder = database.getConnection();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement();
                ResultSet locked = statement.executeQuery("select 1 from " + rows + " for update")) {
            boolean found = locked.next();
            assertThat(found).isTrue();
        }
    }

    public static RowLock ofDay(DataSource database, String venue, String date) throws SQLException {
        return new RowLock(database, "day where venue_id = '%s' and date = '%s'".formatted(venue, date));
    }

    /** Sends a request; comes back when so many wait for a lock, or when it has been answered without. */
    public <T> CompletableFuture<T> waitingFor(long waiting, Supplier<T> request) {
        CompletableFuture<T> asked = CompletableFuture.supplyAsync(request);
        await().until(() -> asked.isDone() || waiting() == waiting);
        return asked;
    }

    private long waiting() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")) {
            boolean counted = rows.next();
            assertThat(counted).isTrue();
            return rows.getLong(1);
        }
    }

    public void release() throws SQLException {
        holder.rollback();
    }

    public static <T> T answered(CompletableFuture<T> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws SQLException {
        holder.rollback();
        holder.close();
    }
}
