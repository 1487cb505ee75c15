package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One page of a venue's reservations, in order of date, start and id. The next page begins behind the last row of this one,
 * not at a row number, so that reservations which are made meanwhile neither repeat nor hide any.
 *
 * @param statuses empty for all
 * @param limit 1 to 200
 */
public record ReservationPage(VenueId venueId, Optional<LocalDate> date, Set<Status> statuses, Place after, int limit) {

    /** Where a reservation stands in the order. */
    public record Place(LocalDate date, Instant startsAt, UUID id) {

        public static final Place START = new Place(LocalDate.of(1, 1, 1), Instant.EPOCH, new UUID(0, 0));

        public static Place of(Reservation reservation) {
            return new Place(reservation.date(), reservation.startsAt(), reservation.id());
        }
    }
}
