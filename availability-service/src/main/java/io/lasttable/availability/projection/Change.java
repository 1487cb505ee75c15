package io.lasttable.availability.projection;

import io.lasttable.availability.day.Day;
import io.lasttable.availability.venue.Venue;

/** What one record says: a new state of a venue or a day, or that it is gone. */
sealed interface Change {

    String key();

    record VenueState(Venue venue) implements Change {
        @Override
        public String key() {
            return venue.id().value();
        }
    }

    record DayState(Day day, String document) implements Change {
        @Override
        public String key() {
            return day.key().toString();
        }
    }
}
