package io.lasttable.booking.idempotency;

import io.lasttable.booking.background.Background;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Forgets keys that are older than the retention, in batches. */
@ApplicationScoped
class ReceiptPruning {

    private final Pool database;
    private final ReceiptTable receipts;
    private final IdempotencySettings settings;

    ReceiptPruning(Pool database, ReceiptTable receipts, IdempotencySettings settings) {
        this.database = database;
        this.receipts = receipts;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event, Background background) {
        background.every(settings.pruneInterval(), "Forgetting old idempotency keys", this::prune);
    }

    /** Removes batch after batch until none is full; the number of keys removed. */
    Uni<Integer> prune() {
        return batch().chain(removed ->
                removed < settings.pruneBatch() ? Uni.createFrom().item(removed) : prune().map(more -> more + removed));
    }

    private Uni<Integer> batch() {
        return receipts.prune(database, settings.retention(), settings.pruneBatch());
    }
}
