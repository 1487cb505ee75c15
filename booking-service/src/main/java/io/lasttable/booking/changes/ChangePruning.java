package io.lasttable.booking.changes;

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

/** Removes changes that are older than the retention, in batches; rows that another replica is removing are skipped. */
@ApplicationScoped
class ChangePruning {

    private static final Logger LOG = Logger.getLogger(ChangePruning.class);

    private static final String PRUNE = """
            delete from change c using (
              select venue_id, seq from change where recorded_at < now() - make_interval(secs => $1)
              order by recorded_at limit $2 for update skip locked) old
            where c.venue_id = old.venue_id and c.seq = old.seq
            """;

    private final Pool database;
    private final Vertx vertx;
    private final BookingConfig config;

    ChangePruning(Pool database, Vertx vertx, BookingConfig config) {
        this.database = database;
        this.vertx = vertx;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        if (config.background()) {
            vertx.setPeriodic(config.changes().pruneInterval().toMillis(), tick -> begin());
        }
    }

    private void begin() {
        var pruning = prune().subscribe()
                .with(
                        removed -> LOG.debugf("%d changes removed from the feed", removed),
                        failure -> LOG.warnf("Old changes stay for now: %s", failure.getMessage()));
        assert pruning != null;
    }

    /** Removes batch after batch until none is full; the number of changes removed. */
    Uni<Integer> prune() {
        return batch().chain(removed -> removed < config.changes().pruneBatch()
                ? Uni.createFrom().item(removed)
                : prune().map(more -> more + removed));
    }

    private Uni<Integer> batch() {
        double seconds = config.changes().retention().toMillis() / 1000.0;
        return database.preparedQuery(PRUNE)
                .execute(Tuple.of(seconds, config.changes().pruneBatch()))
                .map(RowSet::rowCount);
    }
}
