package io.lasttable.availability.day;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Reads single days, waiting a moment for a version that the caller knows to exist. */
@ApplicationScoped
class Days {

    private static final Duration STEP = Duration.ofMillis(20);
    private static final String FIND = "SELECT version, document FROM day WHERE venue_id = $1 AND date = $2";

    private final Pool pool;

    Days(Pool pool) {
        this.pool = pool;
    }

    Uni<Optional<StoredDay>> find(DayKey key) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(key.venue().value(), key.date()))
                .map(Days::first);
    }

    /** The day in at least that version, or whatever there is when the deadline passes. */
    Uni<Optional<StoredDay>> find(DayKey key, long minVersion, Instant deadline) {
        return find(key)
                .chain(found -> isReached(found, minVersion) || Instant.now().isAfter(deadline)
                        ? Uni.createFrom().item(found)
                        : afterOneStep().chain(() -> find(key, minVersion, deadline)));
    }

    private static Uni<Void> afterOneStep() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(STEP);
    }

    private static boolean isReached(Optional<StoredDay> found, long minVersion) {
        return minVersion == 0 || found.isPresent() && found.get().version() >= minVersion;
    }

    private static Optional<StoredDay> first(RowSet<Row> rows) {
        for (Row row : rows) {
            return Optional.of(new StoredDay(row.getLong(0), row.getString(1)));
        }
        return Optional.empty();
    }
}
