package io.lasttable.booking.daybook;

import io.lasttable.booking.contact.Email;
import io.lasttable.booking.contact.SoughtPhone;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a host or an integrator looks for among a venue's reservations, a page at a time.
 *
 * @param statuses empty for all
 * @param to the last date
 * @param after where the page before ended; of dates from a first one on, the place before that date
 * @param limit how many
 */
public record ReservationSearch(VenueId venueId, By by, Set<Status> statuses, LocalDate to, Place after, int limit) {

    /** No reservation is later. */
    public static final LocalDate LAST = LocalDate.of(2999, 12, 31);

    /**
     * Where a reservation stands in the order of date, start and id. A page begins behind the last row of the one before, not at a
     * row number, so that reservations which are made meanwhile neither repeat nor hide any.
     */
    public record Place(LocalDate date, Instant startsAt, UUID id) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::date).thenComparing(Place::startsAt).thenComparing(Place::id);

        /** Before all reservations of a date and behind those of the dates before it. */
        public static Place before(LocalDate date) {
            return new Place(date, Instant.EPOCH, new UUID(0, 0));
        }

        public static Place of(Reservation reservation) {
            return new Place(reservation.date(), reservation.startsAt(), reservation.id());
        }

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    /** What is looked for. */
    public sealed interface By {

        /** All of the dates. */
        record Dates() implements By {}

        /** Those of a guest, by address or number. */
        record Contact(Optional<Email> email, Optional<SoughtPhone> phone) implements By {}

        /** Those whose guest's name, address or number, or whose external id has this in it. */
        record Text(String text) implements By {}

        /** The one that a caller's system calls so. */
        record ExternalId(String externalId) implements By {}

        /** Those made or changed since an instant, in the order of their last change; dates and statuses do not count. */
        record Change(Instant since, UUID after) implements By {}
    }
}
