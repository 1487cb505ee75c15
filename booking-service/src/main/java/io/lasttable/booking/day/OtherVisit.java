package io.lasttable.booking.day;

import java.time.LocalTime;
import java.util.UUID;

/**
 * Where else a guest is to come, or waits to, at an overlapping time of the same day.
 *
 * @param waits whether the id is that of a waitlist entry, and the time the first that it waits for
 */
public record OtherVisit(UUID id, LocalTime time, boolean waits) {

    static OtherVisit of(Stay stay, LocalTime time) {
        return new OtherVisit(stay.reservationId(), time, false);
    }

    static OtherVisit of(WaitlistEntry entry) {
        return new OtherVisit(entry.id(), entry.wish().from(), true);
    }
}
