package io.lasttable.booking.venue;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.outbox.Topic;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The venues in PostgreSQL, whole documents by id. */
@ApplicationScoped
public class Venues {

    private static final String INSERT =
            "insert into venue (venue_id, version, document) values ($1, $2, $3) on conflict do nothing";
    private static final String REPLACE = "update venue set version = $2, document = $3 where venue_id = $1";

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
        return find(database, id, "").map(found -> found.orElseThrow(() -> unknown(id)));
    }

    /** Up to {@code limit} venues in order of their ids, after the given one. */
    Uni<List<Venue>> page(String after, int limit) {
        return database.preparedQuery("select document::text from venue where venue_id > $1 order by venue_id limit $2")
                .execute(Tuple.of(after, limit))
                .map(rows -> {
                    List<Venue> venues = new ArrayList<>();
                    rows.forEach(row -> venues.add(VenueJson.stored(row.getString(0))));
                    return venues;
                });
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
                        transaction -> find(transaction, wanted.id(), " for update")
                                .chain(current -> replace(transaction, current, next(wanted, current, ifMatch), now)))
                .invoke(() -> outbox.committedFor(wanted.id()));
    }

    private Uni<Venue> replace(SqlConnection transaction, Optional<Venue> current, Venue next, Instant now) {
        return save(transaction, next)
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

    private static Uni<Void> save(SqlConnection transaction, Venue venue) {
        Tuple values = Tuple.of(venue.id().value(), venue.version(), new JsonObject(VenueJson.write(venue)));
        return transaction
                .preparedQuery(venue.version() == 1 ? INSERT : REPLACE)
                .execute(values)
                .map(RowSet::rowCount)
                .invoke(count -> {
                    if (count == 0) {
                        throw Problem.of(
                                Problem.Type.VERSION_MISMATCH, "The venue was created at the same time; read it.");
                    }
                })
                .replaceWithVoid();
    }

    private static OutboxEvent published(Venue venue, Instant now) {
        String id = venue.id().value();
        return OutboxEvent.of(
                venue.id(), Topic.VENUES, id, "io.lasttable.venue.published", id, now, VenueJson.write(venue));
    }

    private static Uni<Optional<Venue>> find(SqlClient client, VenueId id, String lock) {
        return client.preparedQuery("select document::text from venue where venue_id = $1" + lock)
                .execute(Tuple.of(id.value()))
                .map(Venues::first);
    }

    private static Optional<Venue> first(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(VenueJson.stored(rows.iterator().next().getString(0)));
    }

    public static Problem unknown(VenueId id) {
        return Problem.of(Problem.Type.UNKNOWN_VENUE, "There is no venue " + id + ".");
    }
}
