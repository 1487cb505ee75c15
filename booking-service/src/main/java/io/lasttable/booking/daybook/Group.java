package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.venue.VenueId;
import java.util.List;
import java.util.SortedSet;

/**
 * Requests that are decided together, in order.
 *
 * @param days that they concern, all of one venue: nearly always one, two for a move from one date to another
 */
record Group(SortedSet<DayKey> days, List<Asked> asked) {

    VenueId venue() {
        return days.first().venueId();
    }

    List<Request> requests() {
        return asked.stream().map(Asked::request).toList();
    }
}
