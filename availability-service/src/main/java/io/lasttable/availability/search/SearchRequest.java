package io.lasttable.availability.search;

import io.lasttable.availability.day.DayKey;
import io.lasttable.availability.day.PartySize;
import io.lasttable.availability.problem.Inputs;
import io.lasttable.availability.venue.Position;
import io.lasttable.availability.venue.SearchKey;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a search wants. Date and time are venue-local wall-clock time; radius counts only with {@code near}. */
record SearchRequest(
        LocalDate date,
        LocalTime time,
        PartySize party,
        Optional<Position> near,
        double radiusKm,
        Optional<SearchKey> city,
        Optional<SearchKey> cuisine,
        int limit,
        Optional<Cursor> after) {

    private static final List<String> PARAMETERS =
            List.of("date", "time", "partySize", "near", "radiusKm", "city", "cuisine", "cursor", "limit");
    private static final Pattern MINUTES = Pattern.compile("\\d{2}:\\d{2}");
    private static final double USUAL_RADIUS_KM = 10;
    private static final double LARGEST_RADIUS_KM = 100;
    private static final int USUAL_LIMIT = 20;
    private static final int LARGEST_LIMIT = 50;

    static SearchRequest of(SearchParameters raw) {
        Inputs in = new Inputs(raw.query(), PARAMETERS);
        LocalDate date = in.required("/query/date", raw.date, DayKey.EXPECTED_DATE, DayKey::parseDate);
        LocalTime time = in.required("/query/time", raw.time, "a time such as 19:00", SearchRequest::time);
        PartySize party = in.required(
                "/query/partySize", raw.partySize, PartySize.EXPECTED_WHEN_SEARCHING, PartySize::parseSearched);
        String place = "latitude,longitude such as 48.8566,2.3522 (-90 to 90, -180 to 180)";
        Optional<Position> near = in.optional("/query/near", raw.near, place, Position::parse);
        double radius = in.optional("/query/radiusKm", raw.radiusKm, "0.1 to 100", SearchRequest::radius)
                .orElse(USUAL_RADIUS_KM);
        int limit = in.optional("/query/limit", raw.limit, "1 to " + LARGEST_LIMIT, SearchRequest::limit)
                .orElse(USUAL_LIMIT);
        Optional<SearchKey> city =
                in.optional("/query/city", raw.city, "a name of up to 200 characters", SearchKey::parse);
        Optional<SearchKey> cuisine =
                in.optional("/query/cuisine", raw.cuisine, "a name of up to 200 characters", SearchKey::parse);
        if (in.sound() && near.isEmpty() && city.isEmpty()) {
            in.reject("/query/near", "a search needs a place: give near, city or both");
        }
        String cursor = "the nextCursor of a page of this same search";
        SearchRequest first =
                new SearchRequest(date, time, party, near, radius, city, cuisine, limit, Optional.empty());
        Optional<Cursor> after =
                in.optional("/query/cursor", raw.cursor, cursor, text -> Cursor.parse(text, first.fingerprint()));
        in.check();
        return new SearchRequest(date, time, party, near, radius, city, cuisine, limit, after);
    }

    /** The same for all pages of one search, whatever their size. */
    int fingerprint() {
        String all = date + "|" + time + "|" + party + "|" + near + "|" + radiusKm + "|" + city + "|" + cuisine;
        return all.hashCode();
    }

    int wantedMinute() {
        return time.toSecondOfDay() / 60;
    }

    private static LocalTime time(String text) {
        if (!MINUTES.matcher(text).matches()) {
            throw new IllegalArgumentException("time");
        }
        return LocalTime.parse(text);
    }

    private static Double radius(String text) {
        double km = Double.parseDouble(text);
        if (!(km >= 0.1 && km <= LARGEST_RADIUS_KM)) {
            throw new IllegalArgumentException("radius");
        }
        return km;
    }

    private static Integer limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new IllegalArgumentException("limit");
        }
        return limit;
    }
}
