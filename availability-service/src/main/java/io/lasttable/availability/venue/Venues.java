package io.lasttable.availability.venue;

import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemException;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The venues that are known. */
@ApplicationScoped
public class Venues {

    private static final String FIND = "SELECT 1 FROM venue WHERE venue_id = $1 AND NOT gone";

    private final Pool pool;
    private final Duration timeout;

    Venues(Pool pool, AvailabilitySettings settings) {
        this.pool = pool;
        this.timeout = settings.reads().timeout();
    }

    /** Fails with {@code unknown-venue} unless the venue is published. */
    public Uni<Void> mustExist(VenueId id) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(id.value()))
                .map(RowSet::size)
                .ifNoItem()
                .after(timeout)
                .fail()
                .invoke(found -> check(id, found))
                .replaceWithVoid();
    }

    private static void check(VenueId id, int found) {
        if (found == 0) {
            throw new ProblemException(new Problem.UnknownVenue(id.value()));
        }
    }
}
