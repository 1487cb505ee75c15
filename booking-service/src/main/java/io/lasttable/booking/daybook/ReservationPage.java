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

    public ReservationPage {
        after = date.map(after::within).orElse(after);
    }

    /** Where a reservation stands in the order. */
    public record Place(LocalDate date, Instant startsAt, UUID id) {

        /** No reservation starts so late. */
        private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

        public static final Place START = new Place(LocalDate.of(1, 1, 1), Instant.EPOCH, new UUID(0, 0));

        /** The same place in the order of one date's reservations. */
        private Place within(LocalDate only) {
            if (date.equals(only)) {
                return this;
            }
            return date.isBefore(only) ? new Place(only, START.startsAt, START.id) : new Place(only, END, START.id);
        }

        public static Place of(Reservation reservation) {
            return new Place(reservation.date(), reservation.startsAt(), reservation.id());
        }
    }
}
