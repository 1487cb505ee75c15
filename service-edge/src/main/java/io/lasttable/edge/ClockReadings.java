package io.lasttable.edge;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.SqlClient;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads {@link DatabaseClock#UTC} at the start and whenever it is due. While the database is away it goes on by itself and is read as soon as the
 * database is back; that it is away is told by others.
 */
public final class ClockReadings implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(250);

    /** From one question to the next where no answer comes: the connection may be a dead one. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final SqlClient database;
    private final Vertx vertx;
    private final long timer;
    private long asked;

    private ClockReadings(SqlClient database, Vertx vertx) {
        this.database = database;
        this.vertx = vertx;
        this.asked = System.nanoTime();
        this.timer = vertx.setPeriodic(LOOK.toMillis(), due -> look());
    }

    /**
     * Returns when the clock was read, and once more over the connection that is open then, or after a while without an answer. Not for event
     * loops.
     */
    public static ClockReadings start(SqlClient database, Vertx vertx) {
        CompletableFuture<Instant> first = DatabaseClock.UTC
                .read(database)
                .compose(read -> DatabaseClock.UTC.read(database))
                .toCompletionStage()
                .toCompletableFuture();
        try {
            Instant told = first.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            assert told != null;
        } catch (ExecutionException | TimeoutException databaseIsAway) {
            // Read when it is back.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new ClockReadings(database, vertx);
    }

    /** On one event loop, so one at a time. */
    private void look() {
        long now = System.nanoTime();
        if (DatabaseClock.UTC.isDue() && now - asked >= AGAIN.toNanos()) {
            asked = now;
            var reading = DatabaseClock.UTC.read(database);
            assert reading != null;
        }
    }

    @Override
    public void close() {
        boolean cancelled = vertx.cancelTimer(timer);
        assert cancelled;
    }
}
