package io.lasttable.booking.idempotency;

import io.lasttable.booking.BookingConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Forgets keys that are older than the retention, in batches; rows that another replica is removing are skipped. */
@ApplicationScoped
class ReceiptPruning {

    private static final Logger LOG = Logger.getLogger(ReceiptPruning.class);

    private static final String PRUNE = """
            delete from idempotency_receipt r using (
              select venue_id, key from idempotency_receipt where created_at < now() - make_interval(secs => $1)
              order by created_at limit $2 for update skip locked) old
            where r.venue_id = old.venue_id and r.key = old.key
            """;

    private final Pool database;
    private final Vertx vertx;
    private final BookingConfig config;

    ReceiptPruning(Pool database, Vertx vertx, BookingConfig config) {
        this.database = database;
        this.vertx = vertx;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.background()) {
            vertx.setPeriodic(config.idempotency().pruneInterval().toMillis(), tick -> begin());
        }
    }

    private void begin() {
        var pruning = prune().subscribe()
                .with(
                        removed -> LOG.debugf("%d idempotency keys forgotten", removed),
                        failure -> LOG.warnf("Old idempotency keys stay for now: %s", failure.getMessage()));
        assert pruning != null;
    }

    /** Removes batch after batch until none is full; the number of keys removed. */
    Uni<Integer> prune() {
        return batch().chain(removed -> removed < config.idempotency().pruneBatch()
                ? Uni.createFrom().item(removed)
                : prune().map(more -> more + removed));
    }

    private Uni<Integer> batch() {
        double seconds = config.idempotency().retention().toMillis() / 1000.0;
        return database.preparedQuery(PRUNE)
                .execute(Tuple.of(seconds, config.idempotency().pruneBatch()))
                .map(RowSet::rowCount);
    }
}
