package io.lasttable.booking.entity;

import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;

/** One after the other for a venue, where so many of it are allowed and no more. */
public final class VenueTurn {

    private static final String ALONE = "select venue_id from venue where venue_id = :venue for no key update";

    private VenueTurn() {}

    /** Until the transaction ends nobody else has the turn; fails when there is no such venue. */
    public static Uni<Void> take(VenueId venue) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(ALONE, String.class)
                        .setParameter("venue", venue.value())
                        .getSingleResultOrNull())
                .onItem()
                .ifNull()
                .failWith(() -> Venues.unknown(venue))
                .replaceWithVoid();
    }
}
