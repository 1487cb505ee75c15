package io.lasttable.booking.calendar;

import io.lasttable.booking.entity.Missing;
import io.lasttable.booking.entity.VenueTurn;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.Venues;
import io.lasttable.edge.DatabaseClock;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * What is done with calendar addresses. A calendar program that knows one which has been taken back goes on asking, and guesses come, so
 * those that there are not are {@link Missing}; a secret that is made is nobody's before, so none is remembered wrongly.
 */
@ApplicationScoped
class CalendarLinks {

    private static final int MOST_OF_A_VENUE = 50;

    private final Missing<String> missing = new Missing<>();
    private final Venues venues;
    private final Clock clock = DatabaseClock.UTC;

    CalendarLinks(Venues venues) {
        this.venues = venues;
    }

    /** @param secret is known here for the last time */
    record Made(CalendarLink link, Secret secret) {}

    Uni<Made> make(VenueId venue, WantedLink wanted, String maker) {
        return venues.get(venue)
                .invoke(wanted::check)
                .chain(() -> Panache.withTransaction(() -> VenueTurn.take(venue)
                        .chain(() -> CalendarLink.count("venueId", venue.value()))
                        .invoke(CalendarLinks::refuseMore)
                        .chain(() -> create(venue, wanted, maker))));
    }

    private Uni<Made> create(VenueId venue, WantedLink wanted, String maker) {
        Secret secret = Secret.made();
        CalendarLink link = new CalendarLink();
        link.id = UUID.randomUUID();
        link.venueId = venue.value();
        link.secretHash = secret.hash();
        link.name = wanted.name();
        link.area = wanted.area().orElse(null);
        link.guestNames = wanted.guestNames();
        link.maker = maker;
        link.createdAt = clock.instant();
        return link.<CalendarLink>persistAndFlush().map(made -> new Made(made, secret));
    }

    private static void refuseMore(long count) {
        if (count >= MOST_OF_A_VENUE) {
            throw Problem.of(
                    Problem.Type.TOO_MANY_CALENDAR_LINKS,
                    "At most " + MOST_OF_A_VENUE + " calendar addresses of a venue; revoke one first.");
        }
    }

    /** The oldest first. */
    Uni<List<CalendarLink>> of(VenueId venue) {
        return venues.require(venue)
                .chain(() -> Panache.withSession(
                        () -> CalendarLink.<CalendarLink>list("venueId", Sort.by("createdAt", "id"), venue.value())));
    }

    /** From then on nothing is found at it. */
    Uni<Void> revoke(VenueId venue, UUID id) {
        return Panache.withTransaction(() -> CalendarLink.delete("venueId = ?1 and id = ?2", venue.value(), id))
                .invoke(deleted -> {
                    if (deleted == 0) {
                        throw unknown();
                    }
                })
                .replaceWithVoid();
    }

    Uni<CalendarLink> find(Secret secret) {
        String hash = secret.hash();
        if (missing.has(hash)) {
            throw unknown();
        }
        return Panache.withSession(() ->
                        CalendarLink.<CalendarLink>find("secretHash", hash).firstResult())
                .onItem()
                .ifNull()
                .failWith(() -> {
                    missing.add(hash);
                    return unknown();
                });
    }

    static Problem unknown() {
        return Problem.of(
                Problem.Type.UNKNOWN_CALENDAR_LINK, "There is no such calendar address, or it has been revoked.");
    }
}
