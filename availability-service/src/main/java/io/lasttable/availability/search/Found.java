package io.lasttable.availability.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** A page of a search. {@code nextCursor} is absent on the last page. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Found(boolean stale, List<FoundVenue> venues, String nextCursor) {

    /** A venue with its open slots nearest to the wanted time, in order of time. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FoundVenue(
            String venueId,
            String name,
            String city,
            String timeZone,
            Location location,
            Double distanceKm,

            int minutesAway,

            List<FoundSlot> slots) {}

    record Location(double lat, double lon) {}

    /** {@code date} is the service date to book under; {@code version} that of its day. */
    record FoundSlot(String date, String time, String startsAt, int left, long version) {}
}
