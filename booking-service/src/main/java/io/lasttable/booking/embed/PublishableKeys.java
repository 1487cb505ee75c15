package io.lasttable.booking.embed;

import io.lasttable.booking.entity.Missing;
import io.lasttable.booking.entity.VenueTurn;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.hibernate.exception.ConstraintViolationException;

/**
 * What is done with publishable keys. Each is one transaction, in which the key's row is locked when it is changed. A page that stands on
 * the web with a key that has ended goes on asking, so keys that there are not are {@link Missing}.
 */
@ApplicationScoped
class PublishableKeys {

    private static final int MOST_OF_A_VENUE = 20;

    private final Missing<UUID> missing = new Missing<>();
    private final Venues venues;
    private final Clock clock = DatabaseClock.UTC;

    PublishableKeys(Venues venues) {
        this.venues = venues;
    }

    /** @param made whether there was none before */
    record Put(PublishableKey key, boolean made) {}

    /**
     * Creates it, or replaces the version that the caller has read.
     *
     * @param reaches whether the caller reaches a key's venue; one that they do not reach does not exist for them
     */
    Uni<Put> put(UUID id, WantedKey wanted, OptionalLong version, String maker, Predicate<PublishableKey> reaches) {
        return venues.require(wanted.venue())
                .chain(() -> Panache.withTransaction(() -> locked(id)
                        .chain(found -> found == null
                                ? create(id, wanted, version, maker)
                                : replace(seen(found, reaches), wanted, version))))
                .onFailure(ConstraintViolationException.class)
                .retry()
                .atMost(1)
                .invoke(() -> missing.remove(id));
    }

    private Uni<Put> create(UUID id, WantedKey wanted, OptionalLong version, String maker) {
        if (version.isPresent()) {
            throw Problem.of(Problem.Type.VERSION_MISMATCH, "There is no such key to replace; leave If-Match out.");
        }
        PublishableKey made = new PublishableKey();
        made.id = id;
        made.venueId = wanted.venue().value();
        made.origins = wanted.origins();
        made.maker = maker;
        made.createdAt = clock.instant();
        return VenueTurn.take(wanted.venue())
                .chain(() -> PublishableKey.count("venueId", made.venueId))
                .invoke(PublishableKeys::refuseMore)
                .chain(() -> made.<PublishableKey>persistAndFlush())
                .map(key -> new Put(key, true));
    }

    private static void refuseMore(long count) {
        if (count >= MOST_OF_A_VENUE) {
            throw Problem.of(
                    Problem.Type.TOO_MANY_PUBLISHABLE_KEYS,
                    "At most " + MOST_OF_A_VENUE + " publishable keys of a venue; delete one first.");
        }
    }

    private static Uni<Put> replace(PublishableKey key, WantedKey wanted, OptionalLong version) {
        if (!key.venueId.equals(wanted.venue().value())) {
            throw Problem.invalid("/venueId", "cannot be changed: make another key");
        }
        if (version.isEmpty()) {
            throw Problem.of(
                    Problem.Type.PRECONDITION_REQUIRED, "Send If-Match with the ETag of the key as you read it.");
        }
        if (version.getAsLong() != key.version) {
            throw Problem.of(Problem.Type.VERSION_MISMATCH, "The key's version is " + key.version + "; read it again.");
        }
        key.origins = wanted.origins();
        return key.<PublishableKey>persistAndFlush().map(changed -> new Put(changed, false));
    }

    /** For whoever opens a page that it stands in. */
    Uni<PublishableKey> asked(UUID id) {
        if (missing.has(id)) {
            throw unknown();
        }
        return get(id, key -> true).onFailure(PublishableKeys::isUnknown).invoke(() -> missing.add(id));
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof Problem problem && problem.type() == Problem.Type.UNKNOWN_PUBLISHABLE_KEY;
    }

    Uni<PublishableKey> get(UUID id, Predicate<PublishableKey> reaches) {
        return Panache.withSession(
                () -> PublishableKey.<PublishableKey>findById(id).map(found -> seen(found, reaches)));
    }

    /** No token is given for it any more; those that have been are good until they end. */
    Uni<Void> delete(UUID id, Predicate<PublishableKey> reaches) {
        return Panache.withTransaction(
                () -> locked(id).chain(found -> seen(found, reaches).delete()));
    }

    private static Uni<PublishableKey> locked(UUID id) {
        return PublishableKey.findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static PublishableKey seen(PublishableKey found, Predicate<PublishableKey> reaches) {
        if (found == null || !reaches.test(found)) {
            throw unknown();
        }
        return found;
    }

    static Problem unknown() {
        return Problem.of(Problem.Type.UNKNOWN_PUBLISHABLE_KEY, "There is no such publishable key.");
    }
}
