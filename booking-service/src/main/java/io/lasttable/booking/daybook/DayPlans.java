package io.lasttable.booking.daybook;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.venue.SameGuest;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import io.lasttable.booking.venue.VenueTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;

/** Parsed venues and planned days by venue version, so that a hot day is planned once. */
@ApplicationScoped
class DayPlans {

    private static final int MOST = 2_000;

    private record VenueKey(VenueId id, long version) {}

    private record PlanKey(VenueId id, long version, LocalDate date) {}

    private final Cache<VenueKey, Venue> venues = atMost(MOST);
    private final Cache<PlanKey, DayPlan> plans = atMost(MOST);
    private final Cache<VenueId, Long> newest = atMost(MOST);

    private static <K, V> Cache<K, V> atMost(int entries) {
        return Caffeine.newBuilder().maximumSize(entries).build();
    }

    /** The newest version of a venue that is known here; 0 when none is. */
    long newestVersion(VenueId id) {
        Long version = newest.getIfPresent(id);
        return version != null && venues.getIfPresent(new VenueKey(id, version)) != null ? version : 0;
    }

    /** The venue as it was last read here. */
    Optional<Venue> lastSeen(VenueId id) {
        Long version = newest.getIfPresent(id);
        return Optional.ofNullable(version).map(number -> venues.getIfPresent(new VenueKey(id, number)));
    }

    /** Whether a venue minds that the same guest comes twice, or may do so. */
    boolean minds(VenueId id) {
        return lastSeen(id)
                .filter(venue -> venue.sameGuest() == SameGuest.ALLOW)
                .isEmpty();
    }

    /** The plan by a version of the venue; empty when that is not known here. */
    Optional<DayPlan> plan(VenueId id, long version, LocalDate date) {
        return Optional.ofNullable(venues.getIfPresent(new VenueKey(id, version)))
                .map(venue -> plan(venue, date));
    }

    /** The plan by what was read of the venue, which may be what {@link #newestVersion} was at the time of asking. */
    DayPlan plan(VenueId id, VenueTable.Newest read, LocalDate date) {
        Venue known = venues.getIfPresent(new VenueKey(id, read.version()));
        return plan(known == null ? learnt(id, read) : known, date);
    }

    /** What the same version of the venue makes of another date. */
    DayPlan sameVenueOn(DayPlan plan, LocalDate date) {
        return plan(plan.venue(), date);
    }

    private DayPlan plan(Venue venue, LocalDate date) {
        return plans.get(new PlanKey(venue.id(), venue.version(), date), key -> new DayPlan(venue, date));
    }

    Venue learnt(VenueId id, VenueTable.Newest read) {
        Venue venue = VenueJson.stored(read.document().orElseThrow(Outdated::new));
        venues.put(new VenueKey(id, read.version()), venue);
        Long now = newest.asMap().merge(id, read.version(), Long::max);
        assert now >= read.version();
        return venue;
    }

    /** What was asked rested on a version of the venue that was replaced or dropped from memory meanwhile: read again. */
    static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Outdated() {
            super("The venue's version changed while it was read", null, false, false);
        }
    }
}
