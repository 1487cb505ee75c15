package io.lasttable.booking.venue;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.outbox.Topic;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads venues, creates and replaces them. */
@ApplicationScoped
public class Venues {

    private final Pool database;
    private final Outbox outbox;
    private final Schedules schedules;

    Venues(Pool database, Outbox outbox, Schedules schedules) {
        this.database = database;
        this.outbox = outbox;
        this.schedules = schedules;
    }

    /** The venue, or a failure {@code unknown-venue}. */
    public Uni<Venue> get(VenueId id) {
        return VenueTable.find(database, id).map(found -> found.orElseThrow(() -> unknown(id)));
    }

    /** Fails with {@code unknown-venue} when there is no such venue. */
    public Uni<Void> require(VenueId id) {
        return VenueTable.exists(database, id)
                .invoke(exists -> {
                    if (!exists) {
                        throw unknown(id);
                    }
                })
                .replaceWithVoid();
    }

    /** Up to {@code limit} venues in order of their ids, after the given one. */
    Uni<List<VenueTable.Stored>> page(VenueTable.View view, String after, int limit) {
        return VenueTable.page(database, view, after, limit);
    }

    /** Up to {@code limit} ids in their order, after the given one. */
    public Uni<List<VenueId>> ids(String after, int limit) {
        return VenueTable.ids(database, after, limit);
    }

    /** Publishes the venue once more as it is, which it stays until the transaction ends; fails with {@code unknown-venue}. */
    public Uni<Venue> publishAgain(SqlConnection transaction, VenueId id, Instant now) {
        return VenueTable.lock(transaction, id)
                .map(found -> found.orElseThrow(() -> unknown(id)))
                .call(venue ->
                        outbox.append(transaction, List.of(published(venue, now).asToldAgain())));
    }

    /**
     * Creates the venue, or replaces the version that the caller has seen.
     *
     * @param ifMatch the version to replace; absent when the caller means to create
     */
    Uni<Venue> put(Venue wanted, OptionalLong ifMatch) {
        Instant now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
        return Transactions.within(
                        database,
                        transaction -> VenueTable.lock(transaction, wanted.id())
                                .chain(current -> replace(transaction, current, next(wanted, current, ifMatch), now)))
                .invoke(() -> outbox.committedFor(wanted.id()));
    }

    private Uni<Venue> replace(SqlConnection transaction, Optional<Venue> current, Venue next, Instant now) {
        return VenueTable.save(transaction, next)
                .chain(() -> outbox.append(transaction, List.of(published(next, now))))
                .chain(() -> schedules.publish(transaction, current, next, now))
                .replaceWith(next);
    }

    private static Venue next(Venue wanted, Optional<Venue> current, OptionalLong ifMatch) {
        if (current.isEmpty()) {
            if (ifMatch.isPresent()) {
                throw Problem.of(
                        Problem.Type.VERSION_MISMATCH, "The venue does not exist; leave If-Match out to create it.");
            }
            return wanted.withVersion(1);
        }
        long version = current.get().version();
        if (ifMatch.isEmpty()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED, "Replacing a venue needs If-Match: \"" + version + "\".");
        }
        if (ifMatch.getAsLong() != version) {
            throw Problem.of(Problem.Type.VERSION_MISMATCH, "The venue's version is " + version + "; read it again.");
        }
        return wanted.withVersion(version + 1);
    }

    private static OutboxEvent published(Venue venue, Instant now) {
        String id = venue.id().value();
        return OutboxEvent.of(
                venue.id(), Topic.VENUES, id, "io.lasttable.venue.published", id, now, VenueJson.write(venue));
    }

    public static Problem unknown(VenueId id) {
        return Problem.of(Problem.Type.UNKNOWN_VENUE, "There is no venue " + id + ".");
    }
}
