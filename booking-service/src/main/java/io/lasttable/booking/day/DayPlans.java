package io.lasttable.booking.day;

import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Parsed venues and planned days by venue version, so that a hot day is planned once; the least used ones are dropped. */
@ApplicationScoped
class DayPlans {

    private static final int MOST = 2_000;

    private record VenueKey(VenueId id, long version) {}

    private record PlanKey(VenueId id, long version, LocalDate date) {}

    private final Map<VenueKey, Venue> venues = leastUsedDropped();
    private final Map<PlanKey, DayPlan> plans = leastUsedDropped();

    DayPlan plan(VenueId id, long version, LocalDate date, Supplier<String> document) {
        Venue venue = venues.computeIfAbsent(new VenueKey(id, version), key -> VenueJson.stored(document.get()));
        return plans.computeIfAbsent(new PlanKey(id, version, date), key -> new DayPlan(venue, date));
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
