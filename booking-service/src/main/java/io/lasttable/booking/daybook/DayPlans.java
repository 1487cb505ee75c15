package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Parsed venues and planned days by venue version, so that a hot day is planned once; the least used ones are dropped. */
@ApplicationScoped
class DayPlans {

    private static final int MOST = 2_000;

    private record VenueKey(VenueId id, long version) {}

    private record PlanKey(VenueId id, long version, LocalDate date) {}

    private final Map<VenueKey, Venue> venues = leastUsedDropped();
    private final Map<PlanKey, DayPlan> plans = leastUsedDropped();

    private final Map<VenueId, Long> newest = leastUsedDropped();

    /** The newest version of a venue that is known here; 0 when none is. */
    long newestVersion(VenueId id) {
        Long version = newest.get(id);
        return version != null && venues.containsKey(new VenueKey(id, version)) ? version : 0;
    }

    /** The plan by a version of the venue; empty when that is not known here. */
    Optional<DayPlan> plan(VenueId id, long version, LocalDate date) {
        return Optional.ofNullable(venues.get(new VenueKey(id, version)))
                .map(venue -> plans.computeIfAbsent(new PlanKey(id, version, date), key -> new DayPlan(venue, date)));
    }

    /** @param document of that version; null is allowed when {@link #newestVersion} was this one at the time of asking */
    DayPlan plan(VenueId id, long version, LocalDate date, Supplier<String> document) {
        Venue venue = venue(id, version, document);
        return plans.computeIfAbsent(new PlanKey(id, version, date), key -> new DayPlan(venue, date));
    }

    /** What the same version of the venue makes of another date. */
    DayPlan sameVenueOn(DayPlan plan, LocalDate date) {
        Venue venue = plan.venue();
        return plans.computeIfAbsent(new PlanKey(venue.id(), venue.version(), date), key -> new DayPlan(venue, date));
    }

    private Venue venue(VenueId id, long version, Supplier<String> document) {
        Venue known = venues.get(new VenueKey(id, version));
        if (known != null) {
            return known;
        }
        String text = document.get();
        if (text == null) {
            throw new Outdated();
        }
        Venue venue = VenueJson.stored(text);
        venues.put(new VenueKey(id, version), venue);
        newest.merge(id, version, Long::max);
        return venue;
    }

    /** What was asked rested on a version of the venue that was replaced or dropped from memory meanwhile: read again. */
    static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Outdated() {
            super("The venue's version changed while it was read", null, false, false);
        }
    }

    private static <K, V> Map<K, V> leastUsedDropped() {
        return Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        });
    }
}
