package io.lasttable.availability.day;

import io.lasttable.availability.problem.Inputs;
import io.lasttable.availability.venue.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** What a day read asks for. {@code minVersion} is 0 when the caller knows none. */
record DayRequest(DayKey key, PartySize party, long minVersion) {

    private static final List<String> PARAMETERS = List.of("date", "partySize", "minVersion");

    static DayRequest of(
            Map<String, List<String>> query, String venueId, String date, String partySize, String minVersion) {
        Inputs in = new Inputs(query, PARAMETERS);
        VenueId venue = in.required("/path/venueId", venueId, VenueId.EXPECTED, VenueId::new);
        LocalDate day = in.required("/query/date", date, DayKey.EXPECTED_DATE, DayKey::parseDate);
        PartySize party = in.required("/query/partySize", partySize, PartySize.EXPECTED, PartySize::parse);
        long known = in.optional("/query/minVersion", minVersion, "a whole number from 1", DayRequest::version)
                .orElse(0L);
        in.check();
        return new DayRequest(new DayKey(venue, day), party, known);
    }

    static DayKey key(Map<String, List<String>> query, String venueId, String date) {
        Inputs in = new Inputs(query, List.of());
        VenueId venue = in.required("/path/venueId", venueId, VenueId.EXPECTED, VenueId::new);
        LocalDate day = in.required("/path/date", date, DayKey.EXPECTED_DATE, DayKey::parseDate);
        in.check();
        return new DayKey(venue, day);
    }

    private static Long version(String text) {
        long version = Long.parseLong(text);
        if (version < 1) {
            throw new IllegalArgumentException("below 1");
        }
        return version;
    }
}
