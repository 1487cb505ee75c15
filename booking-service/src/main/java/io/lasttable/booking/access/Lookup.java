package io.lasttable.booking.access;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.edge.DatabaseClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Finds one thing by its id for somebody who may see it: by a bearer token's scope and venues, by the watch token of just this
 * thing, or by the guest's own link to it. Whoever may not see it is told that it does not exist.
 *
 * @param kind of its tokens
 * @param things where it is found, and what its links depend on
 * @param unknown what is answered when there is none
 */
public record Lookup<T>(
        Access access, Tokens tokens, WatchTokens.Kind kind, Things<T> things, Supplier<Problem> unknown) {

    /** How long links open something that is over. */
    private static final Duration AFTER_THE_END = Duration.ofDays(1);

    /** Both kinds of tokens that are for one thing. */
    public record Tokens(WatchTokens watch, ManageTokens manage) {}

    /** Where things of a kind are. */
    public interface Things<T> {

        Uni<Optional<T>> find(UUID id);

        Uni<EndedLinks> endedLinks(T it);

        /** Where it belongs: its id and venue, as in its tokens. */
        WatchTokens.Watched place(T it);

        /** When it is over. */
        Instant end(T it);
    }

    /** By the guest's link when one is sent, else by a bearer token with the scope. */
    public Uni<T> own(String id, String manageToken, Scope scope) {
        return manageToken == null ? allowed(id, scope) : managed(id, manageToken);
    }

    /** Fails with 401, 403 or as unknown. */
    public Uni<T> allowed(String id, Scope scope) {
        access.require(scope);
        return found(id).invoke(it -> access.requireHidden(scope, venue(it), unknown));
    }

    /** As {@link #allowed} for who may change everybody's; a guest proves with its watch token that it is their own. */
    public Uni<T> owned(String id, String watchToken) {
        if (!access.booksAsGuest()) {
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
        WatchTokens.Watched watched = tokens.watch().require(kind, watchToken);
        return found(id).map(it -> placed(it, watched));
    }

    /** By the token of the address of its calendar entry, for which the same holds as for the guest's link. */
    public Uni<T> ofCalendar(String calendarToken) {
        ManageTokens.Managed link = tokens.manage().requireCalendar(calendarToken);
        return open(link.place().id().toString(), link);
    }

    /** As {@link #watched}, by the guest's link; from then on the request is the guest's. */
    private Uni<T> managed(String id, String manageToken) {
        ManageTokens.Managed link = tokens.manage().require(kind, manageToken);
        return open(id, link).invoke(it -> access.admitGuest(link.place()));
    }

    private Uni<T> open(String id, ManageTokens.Managed link) {
        return found(id)
                .map(it -> placed(it, link.place()))
                .call(it -> things.endedLinks(it).invoke(ended -> requireOpen(it, link, ended)));
    }

    private void requireOpen(T it, ManageTokens.Managed link, EndedLinks ended) {
        boolean isOver = things.end(it).plus(AFTER_THE_END).isBefore(DatabaseClock.UTC.instant());
        if (isOver || ended.include(link)) {
            throw ManageTokens.refused();
        }
    }

    private T placed(T it, WatchTokens.Watched place) {
        if (!things.place(it).equals(place)) {
            throw unknown.get();
        }
        return it;
    }

    private VenueId venue(T it) {
        return things.place(it).venue();
    }

    private Uni<T> found(String id) {
        return things.find(uuid(id)).map(found -> found.orElseThrow(unknown));
    }

    private UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw unknown.get();
        }
    }
}
