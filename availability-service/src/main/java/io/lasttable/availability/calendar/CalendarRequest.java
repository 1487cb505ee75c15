package io.lasttable.availability.calendar;

import io.lasttable.availability.day.DayKey;
import io.lasttable.availability.day.PartySize;
import io.lasttable.availability.problem.Inputs;
import io.lasttable.availability.venue.VenueId;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Both dates are inclusive. */
record CalendarRequest(VenueId venue, LocalDate from, LocalDate to, PartySize party) {

    static final int LONGEST_DAYS = 366;
    private static final List<String> PARAMETERS = List.of("from", "to", "partySize");

    static CalendarRequest of(
            Map<String, List<String>> query, String venueId, String from, String to, String partySize) {
        Inputs in = new Inputs(query, PARAMETERS);
        VenueId venue = in.required("/path/venueId", venueId, VenueId.EXPECTED, VenueId::new);
        LocalDate first = in.required("/query/from", from, DayKey.EXPECTED_DATE, DayKey::parseDate);
        LocalDate last = in.required("/query/to", to, DayKey.EXPECTED_DATE, DayKey::parseDate);
        PartySize party =
                in.required("/query/partySize", partySize, PartySize.EXPECTED_WHEN_SEARCHING, PartySize::parseSearched);
        if (first != null && last != null) {
            checkRange(in, ChronoUnit.DAYS.between(first, last) + 1);
        }
        in.check();
        return new CalendarRequest(venue, first, last, party);
    }

    private static void checkRange(Inputs in, long days) {
        if (days < 1) {
            in.reject("/query/to", "lies before from");
        } else if (days > LONGEST_DAYS) {
            in.reject("/query/to", "the range has " + days + " days; at most " + LONGEST_DAYS);
        }
    }
}
