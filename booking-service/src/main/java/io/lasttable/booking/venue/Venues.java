package io.lasttable.booking.venue;

import io.lasttable.booking.database.Transactions;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxEvent;
import io.lasttable.booking.outbox.Topic;
import io.lasttable.booking.problem.Problem;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Reads venues, creates and replaces them. */
@ApplicationScoped
public class Venues {

    /** Characters of a page, before the last venue of it. */
    private static final int LONGEST_PAGE = 1_000_000;

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

    /** The ids of the venues that share guests' profiles with this one, itself among them; fails with {@code unknown-venue}. */
    public Uni<Set<String>> group(VenueId id) {
        return VenueTable.group(database, id).invoke(venues -> {
            if (venues.isEmpty()) {
                throw unknown(id);
            }
        });
    }

    /** As {@link #group(VenueId)}, where the venue is not deleted until the transaction ends. */
    public Uni<Set<String>> group(SqlConnection transaction, VenueId id) {
        return VenueTable.keep(transaction, id)
                .invoke(exists -> {
                    if (!exists) {
                        throw unknown(id);
                    }
                })
                .chain(() -> VenueTable.group(transaction, id));
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

    /** Up to {@code limit} venues in order of their ids, after the given one; fewer when they are long. */
    Uni<VenueTable.Page> page(boolean summaries, String after, int limit) {
        return VenueTable.page(database, summaries, after, limit, LONGEST_PAGE);
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

    /** @param made whether there was none of its id */
    record Put(Venue venue, boolean made) {}

    /**
     * Creates the venue, or replaces the version that the caller has seen.
     *
     * @param ifMatch the version to replace; absent when the caller means to create
     * @param reached the venues that the caller reaches; absent when it reaches all
     */
    Uni<Put> put(Venue wanted, OptionalLong ifMatch, Optional<Set<String>> reached) {
        return Transactions.within(database, transaction -> put(transaction, wanted, current -> ifMatch, reached))
                .invoke(() -> outbox.committedFor(wanted.id()));
    }

    /** As {@link #put}, to the last check, but nothing is done. Without a version to replace it is the present one. */
    Uni<Put> validate(Venue wanted, OptionalLong ifMatch, Optional<Set<String>> reached) {
        return Transactions.tried(
                database, transaction -> put(transaction, wanted, current -> seen(current, ifMatch), reached));
    }

    private Uni<Put> put(
            SqlConnection transaction,
            Venue wanted,
            Function<Optional<Venue>, OptionalLong> ifMatch,
            Optional<Set<String>> reached) {
        Instant now = DatabaseClock.UTC.instant();
        return VenueTable.lock(transaction, wanted.id())
                .call(current -> mayJoin(transaction, wanted, current, reached))
                .chain(current -> next(transaction, wanted, current, ifMatch.apply(current))
                        .chain(next -> replace(transaction, current, next, now))
                        .map(venue -> new Put(venue, current.isEmpty())));
    }

    /**
     * Whoever joins a group reads what it knows of its guests: that is for who reaches all of its venues. A name that no venue has is
     * for who reaches every venue: nobody else waits under it for those who will use it.
     */
    private static Uni<Void> mayJoin(
            SqlConnection transaction, Venue wanted, Optional<Venue> current, Optional<Set<String>> reached) {
        boolean joins = wanted.group().isPresent() && !current.map(Venue::group).equals(Optional.of(wanted.group()));
        return joins
                ? VenueTable.joining(transaction, wanted.group().get(), wanted.id())
                        .invoke(others -> reached.ifPresent(mine -> requireOwn(others, mine)))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private static void requireOwn(Set<String> others, Set<String> reached) {
        if (others.isEmpty()) {
            throw Problem.of(
                    Problem.Type.FORBIDDEN,
                    "No other venue has this group: a token that reaches every venue begins one.");
        }
        if (!reached.containsAll(others)) {
            throw Problem.of(
                    Problem.Type.FORBIDDEN, "The group has venues that the token does not reach: use another name.");
        }
    }

    /**
     * Closes the venue for good.
     *
     * @param ifMatch the version that the caller has seen; absent for any
     * @return fails with a problem that lists those who are to come
     */
    Uni<Void> delete(VenueId id, OptionalLong ifMatch) {
        Instant now = DatabaseClock.UTC.instant();
        return Transactions.within(
                        database,
                        transaction -> VenueTable.lock(transaction, id)
                                .map(found -> found.orElseThrow(() -> unknown(id)))
                                .invoke(venue -> ifMatch.ifPresent(version -> requireVersion(venue, version)))
                                .chain(venue -> schedules.end(transaction, venue, now))
                                .chain(() -> outbox.append(transaction, List.of(deleted(id, now))))
                                .chain(() -> VenueTable.delete(transaction, id)))
                .invoke(() -> outbox.committedFor(id));
    }

    private static OptionalLong seen(Optional<Venue> current, OptionalLong ifMatch) {
        return ifMatch.isPresent() || current.isEmpty()
                ? ifMatch
                : OptionalLong.of(current.get().version());
    }

    private Uni<Venue> replace(SqlConnection transaction, Optional<Venue> current, Venue next, Instant now) {
        return VenueTable.save(transaction, next, current.isEmpty())
                .chain(() -> outbox.append(transaction, List.of(published(next, now))))
                .chain(() -> schedules.publish(transaction, current, next, now))
                .replaceWith(next);
    }

    /** A new one goes on from the last version of one of its id that is gone. */
    private static Uni<Venue> next(
            SqlConnection transaction, Venue wanted, Optional<Venue> current, OptionalLong ifMatch) {
        if (current.isEmpty()) {
            if (ifMatch.isPresent()) {
                throw Problem.of(
                        Problem.Type.VERSION_MISMATCH, "The venue does not exist; leave If-Match out to create it.");
            }
            return VenueTable.lastVersion(transaction, wanted.id()).map(last -> wanted.withVersion(last + 1));
        }
        long version = current.get().version();
        if (ifMatch.isEmpty()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED, "Replacing a venue needs If-Match: \"" + version + "\".");
        }
        requireVersion(current.get(), ifMatch.getAsLong());
        return Uni.createFrom().item(wanted.withVersion(version + 1));
    }

    private static void requireVersion(Venue venue, long version) {
        if (venue.version() != version) {
            throw Problem.of(
                    Problem.Type.VERSION_MISMATCH, "The venue's version is " + venue.version() + "; read it again.");
        }
    }

    private static OutboxEvent deleted(VenueId id, Instant now) {
        return OutboxEvent.tombstone(id, Topic.VENUES, id.value(), "io.lasttable.venue.deleted", id.value(), now);
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
