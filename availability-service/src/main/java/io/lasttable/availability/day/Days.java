package io.lasttable.availability.day;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Reads single days, waiting a moment for a version that the caller knows to exist. */
@ApplicationScoped
class Days {

    private static final Duration STEP = Duration.ofMillis(20);

    /** No timer is shorter. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private static final String FIND = "SELECT version, document FROM day WHERE venue_id = $1 AND date = $2"
            + " AND NOT EXISTS (SELECT FROM venue WHERE venue_id = $1 AND gone)";

    private final Pool pool;
    private final AvailabilitySettings.Reads settings;

    Days(Pool pool, AvailabilitySettings settings) {
        this.pool = pool;
        this.settings = settings.reads();
    }

    Uni<Optional<StoredDay>> find(DayKey key) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(key.venue().value(), key.date()))
                .ifNoItem()
                .after(settings.timeout())
                .fail()
                .map(Days::first);
    }

    /** The day in at least that version, or whatever there is when {@code versionWait} has passed. */
    Uni<Optional<StoredDay>> find(DayKey key, long minVersion) {
        return find(key, minVersion, System.nanoTime() + settings.versionWait().toNanos());
    }

    private Uni<Optional<StoredDay>> find(DayKey key, long minVersion, long deadlineNanos) {
        return find(key).chain(found -> {
            Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
            return isReached(found, minVersion) || left.isNegative() || left.isZero()
                    ? Uni.createFrom().item(found)
                    : after(left).chain(() -> find(key, minVersion, deadlineNanos));
        });
    }

    private static Uni<Void> after(Duration left) {
        Duration step = left.compareTo(STEP) < 0 ? left.plus(SHORTEST) : STEP;
        return Uni.createFrom().voidItem().onItem().delayIt().by(step);
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
