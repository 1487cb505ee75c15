package io.lasttable.booking.idempotency;

import io.lasttable.booking.BookingConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Forgets keys that are older than the retention, in batches. */
@ApplicationScoped
class ReceiptPruning {

    private static final Logger LOG = Logger.getLogger(ReceiptPruning.class);

    private final Pool database;
    private final ReceiptTable receipts;
    private final Vertx vertx;
    private final BookingConfig config;

    ReceiptPruning(Pool database, ReceiptTable receipts, Vertx vertx, BookingConfig config) {
        this.database = database;
        this.receipts = receipts;
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
        BookingConfig.Idempotency keys = config.idempotency();
        return receipts.prune(database, keys.retention(), keys.pruneBatch());
    }
}
