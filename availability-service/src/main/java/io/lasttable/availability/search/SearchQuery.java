package io.lasttable.availability.search;

import io.lasttable.availability.day.Cutoff;
import io.lasttable.availability.day.OfferCode;
import io.lasttable.availability.venue.Position;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;

/**
 * The statement behind a search.
 *
 * <p>With a place, the venues within the radius come from the GiST index in order of distance and each is asked, by
 * primary key, for its service dates around the wanted one (a late dinner belongs to the date before; a wanted 23:45 is
 * near the next morning); the walk ends with the page. {@code OFFSET 0} keeps it a walk: without it the planner, which
 * cannot guess how many points a cube holds, asked every venue of the radius. With a city alone, all its venues are asked. Offers are compared in
 * venue-local minutes, so no zone is computed in SQL. Documents are read for the venues of the page only, in the same
 * snapshot.
 */
record SearchQuery(String sql, Tuple values) {

    private static final String LOCAL = "((d.date - $1::date) * 1440 + (o >> %d))".formatted(OfferCode.LOCAL_SHIFT);
    private static final String START =
            "((d.date - DATE '1970-01-01')::int8 * 1440 + (o >> %d) - (((o >> %d) & %d) - %d) * %d) * 60"
                    .formatted(
                            OfferCode.LOCAL_SHIFT,
                            OfferCode.OFFSET_SHIFT,
                            OfferCode.OFFSET_MASK,
                            OfferCode.OFFSET_ZERO,
                            OfferCode.OFFSET_STEP);
    private static final String OPEN = """
            (o >> $3::int4) & 1 = 1 AND %2$s
            AND %1$s BETWEEN $2::int4 - $6::int4 AND $2::int4 + $6::int4""".formatted(LOCAL, Cutoff.inSql(START, "$4", "$5", "d.notice_seconds"));
    private static final String DATES = """
            d.date BETWEEN $1::date - 1 AND $1::date + 1
            AND (d.date - $1::date) * 1440 + (d.offers[1] >> %1$d) <= $2::int4 + $6::int4
            AND (d.date - $1::date) * 1440 + (d.offers[cardinality(d.offers)] >> %1$d) >= $2::int4 - $6::int4""".formatted(OfferCode.LOCAL_SHIFT);
    private static final String POINT = "cube(ARRAY[$12::float8, $13::float8, $14::float8])";

    private static final String SEARCH = """
            SELECT f.venue_id, f.name, f.city, f.time_zone, f.lat, f.lon, f.distance, f.away, d.document
              FROM (SELECT v.*, best.away
                      FROM (SELECT venue_id, name, city, time_zone, lat, lon, %1$s AS distance
                              FROM venue
                             WHERE NOT gone AND %1$s >= $9::float8
                               AND ($7::text IS NULL OR city_key = $7::text)
                               AND ($8::text IS NULL OR cuisine_keys @> ARRAY[$8::text])
                               %5$s
                             %6$s OFFSET 0) AS v
                      CROSS JOIN LATERAL (SELECT min(abs(%2$s - $2::int4))::int4 AS away
                                            FROM day d CROSS JOIN LATERAL unnest(d.offers) AS o
                                           WHERE d.venue_id = v.venue_id AND %3$s AND %4$s) AS best
                     WHERE best.away IS NOT NULL
                       AND (v.distance, best.away, v.venue_id) > ($9::float8, $10::int4, $11::text)
                     ORDER BY v.distance, best.away, v.venue_id
                     LIMIT %7$d) AS f
              JOIN day d ON d.venue_id = f.venue_id AND %3$s
               AND EXISTS (SELECT 1 FROM unnest(d.offers) AS o WHERE %4$s)
             ORDER BY f.distance, f.away, f.venue_id, d.date""";

    static SearchQuery of(SearchRequest request, Duration window, Instant now) {
        int fetched = request.limit() + 1;
        Cutoff cutoff = Cutoff.at(now);
        Cursor after = request.after().orElse(Cursor.START);
        Tuple values = Tuple.tuple()
                .addLocalDate(request.date())
                .addInteger(request.wantedMinute())
                .addInteger(request.party().value() - 1)
                .addLong(cutoff.notBegun())
                .addLong(cutoff.inTime())
                .addInteger((int) window.toMinutes())
                .addString(request.city().map(key -> key.value()).orElse(null))
                .addString(request.cuisine().map(key -> key.value()).orElse(null))
                .addDouble(after.distance())
                .addInteger(after.minutesAway())
                .addString(after.venueId());
        if (request.near().isEmpty()) {
            return new SearchQuery(sql("0::float8", "", "", fetched), values);
        }
        for (double metres : request.near().get().metres()) {
            values = values.addDouble(metres);
        }
        String distance = "(position <-> " + POINT + ")";
        String within =
                "AND position <@ cube_enlarge(" + POINT + ", $15::float8, 3) AND " + distance + " <= $15::float8";
        values = values.addDouble(Position.chord(request.radiusKm() * 1000));
        return new SearchQuery(sql(distance, within, "ORDER BY " + distance, fetched), values);
    }

    private static String sql(String distance, String within, String order, int fetched) {
        return SEARCH.formatted(distance, LOCAL, DATES, OPEN, within, order, fetched);
    }
}
