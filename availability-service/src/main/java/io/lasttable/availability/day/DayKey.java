package io.lasttable.availability.day;

import io.lasttable.availability.venue.VenueId;
import java.time.LocalDate;

/** One venue on one service date (venue-local). */
public record DayKey(VenueId venue, LocalDate date) {

    public static final String EXPECTED_DATE = "a date such as 2026-11-28";

    @Override
    public String toString() {
        return venue + "/" + date;
    }
}
