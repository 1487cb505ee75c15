package io.lasttable.availability.projection;

import io.lasttable.availability.day.Day;
import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.venue.Venue;
import io.lasttable.availability.venue.VenueDocument;

/** What one record says: a new state of a venue or a day. All that can be wrong with it is found here. */
sealed interface Change {

    String key();

    long version();

    /** @param offset where in the log of the venue's partition it stands */
    record VenueState(Venue venue, long offset) implements Change {

        /** @throws IllegalArgumentException saying what is wrong */
        static VenueState read(String document, long offset) {
            return new VenueState(VenueDocument.read(document), offset);
        }

        /** One that is told once more, as after its venue came back, is as new as where it stands. */
        boolean isNewerThan(VenueState other) {
            return version() > other.version() || version() == other.version() && offset > other.offset;
        }

        @Override
        public String key() {
            return venue.id().value();
        }

        @Override
        public long version() {
            return venue.version();
        }
    }

    /** @param offers see {@link DayDocument#offers} */
    record DayState(Day day, String document, long[] offers, int noticeSeconds) implements Change {

        /** @throws IllegalArgumentException or ArithmeticException saying what is wrong */
        static DayState read(String document) {
            Day day = DayDocument.read(document);
            int notice = Math.toIntExact(day.noticeSeconds());
            return new DayState(day, document, DayDocument.offers(day), notice);
        }

        @Override
        public String key() {
            return day.key().toString();
        }

        @Override
        public long version() {
            return day.version();
        }
    }
}
