package io.lasttable.booking.changes;

import io.lasttable.booking.background.Background;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Removes changes that are older than the retention, in batches; rows that another replica is removing are skipped. */
@ApplicationScoped
class ChangePruning {

    private static final String PRUNE = """
            delete from change c using (
              select venue_id, seq from change where recorded_at < now() - make_interval(secs => $1)
              order by recorded_at limit $2 for update skip locked) old
            where c.venue_id = old.venue_id and c.seq = old.seq
            """;

    private final Pool database;
    private final ChangesSettings settings;

    ChangePruning(Pool database, ChangesSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event, Background background) {
        background.every(settings.pruneInterval(), "Removing old changes from the feed", this::prune);
    }

    /** Removes batch after batch until none is full; the number of changes removed. */
    Uni<Integer> prune() {
        return batch().chain(removed ->
                removed < settings.pruneBatch() ? Uni.createFrom().item(removed) : prune().map(more -> more + removed));
    }

    private Uni<Integer> batch() {
        double seconds = settings.retention().toMillis() / 1000.0;
        return database.preparedQuery(PRUNE)
                .execute(Tuple.of(seconds, settings.pruneBatch()))
                .map(RowSet::rowCount);
    }
}
