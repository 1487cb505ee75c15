package io.lasttable.booking.venue;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.Optional;

/** What happens to the days of a venue when its schedule changes; the day package does it. */
public interface Schedules {

    /**
     * Opens every day of the venue's booking window that is not open yet, and publishes anew those whose availability the
     * new schedule changes, in the caller's transaction.
     *
     * @param before the version that is replaced; absent for a new venue
     * @return fails with a problem that lists the reservations which the new schedule would strand
     */
    Uni<Void> publish(SqlConnection transaction, Optional<Venue> before, Venue venue, Instant now);

    /**
     * Ends every day of the venue: its last state has nothing left, and its key leaves Kafka. Whatever is kept of the venue's
     * guests is forgotten, in the caller's transaction.
     *
     * @return fails with a problem that lists the reservations of those who are to come
     */
    Uni<Void> end(SqlConnection transaction, Venue venue, Instant now);
}
