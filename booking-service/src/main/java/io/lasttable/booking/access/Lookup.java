package io.lasttable.booking.access;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Finds one thing by its id for somebody who may see it: by a bearer token's scope and venues, or by the watch token of just this
 * thing. Whoever may not see it is told that it does not exist.
 *
 * @param kind of its watch tokens
 * @param find reads it by its id
 * @param place where it belongs: its id and venue, as in its watch token
 * @param unknown what is answered when there is none
 */
public record Lookup<T>(
        Access access,
        WatchTokens watchTokens,
        WatchTokens.Kind kind,
        Function<UUID, Uni<Optional<T>>> find,
        Function<T, WatchTokens.Watched> place,
        Supplier<Problem> unknown) {

    /** Fails with 401, 403 or as unknown. */
    public Uni<T> allowed(String id, Scope scope) {
        access.require(scope);
        return found(id).invoke(it -> access.requireHidden(scope, venue(it), unknown));
    }

    /** As {@link #allowed} for who may change everybody's; a guest proves with its watch token that it is their own. */
    public Uni<T> owned(String id, String watchToken) {
        if (!access.isGuest()) {
            return allowed(id, Scope.RESERVATIONS_WRITE);
        }
        if (watchToken == null) {
            throw Problem.of(
                    Problem.Type.FORBIDDEN, "Send Lasttable-Watch-Token as well: a guest changes what is their own.");
        }
        return watched(id, watchToken).invoke(it -> access.requireHidden(Scope.RESERVATIONS_BOOK, venue(it), unknown));
    }

    /** Fails with 401 when the token is not good, as unknown when it is another thing's. */
    public Uni<T> watched(String id, String watchToken) {
        WatchTokens.Watched watched = watchTokens.require(kind, watchToken);
        return found(id)
                .map(it -> Optional.of(it)
                        .filter(each -> place.apply(each).equals(watched))
                        .orElseThrow(unknown));
    }

    private VenueId venue(T it) {
        return place.apply(it).venue();
    }

    private Uni<T> found(String id) {
        return find.apply(uuid(id)).map(found -> found.orElseThrow(unknown));
    }

    private UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown.get();
        }
    }
}
