package io.lasttable.booking.venue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;

/** What happens to the days of a venue when its schedule changes; the day package does it. */
public interface Schedules {

    /**
     * Opens or publishes anew every day of the venue's booking window, in the caller's transaction.
     *
     * @return fails with a problem that lists the reservations which the new schedule would strand
     */
    Uni<Void> publish(SqlConnection transaction, Venue venue, Instant now);
}
