package io.lasttable.availability.search;

import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.day.PartySize;
import io.lasttable.availability.freshness.AsOf;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.lasttable.availability.venue.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a search and shapes one page. */
@ApplicationScoped
class Search {

    private final Pool pool;
    private final Duration window;
    private final Duration timeout;

    @Inject
    Search(Pool pool, AvailabilitySettings settings) {
        this(pool, settings.reads().searchWindow(), settings.reads().timeout());
    }

    Search(Pool pool, Duration window, Duration timeout) {
        this.pool = pool;
        this.window = window;
        this.timeout = timeout;
    }

    Uni<Found> find(SearchRequest request, Instant now, AsOf asOf) {
        SearchQuery query = SearchQuery.of(request, window, now);
        return pool.preparedQuery(query.sql())
                .execute(query.values())
                .ifNoItem()
                .after(timeout)
                .fail()
                .map(rows -> page(request, rows, now, asOf));
    }

    private Found page(SearchRequest request, RowSet<Row> rows, Instant now, AsOf asOf) {
        List<Candidate> candidates = candidates(rows, request.party());
        boolean isMore = candidates.size() > request.limit();
        List<Candidate> shown = isMore ? candidates.subList(0, request.limit()) : candidates;
        List<Found.FoundVenue> venues =
                shown.stream().map(candidate -> found(request, candidate, now)).toList();
        return new Found(asOf.isStale(), venues, isMore ? after(shown.get(shown.size() - 1), request) : null);
    }

    private Found.FoundVenue found(SearchRequest request, Candidate found, Instant now) {
        Double km = request.near().isEmpty() ? null : Math.round(Position.ground(found.distance())) / 1000.0;
        return new Found.FoundVenue(
                found.venueId(),
                found.name(),
                found.city(),
                found.timeZone(),
                found.location(),
                km,
                found.away(),
                found.nearest(request, window, now));
    }

    private static String after(Candidate last, SearchRequest request) {
        return new Cursor(last.distance(), last.away(), last.venueId(), request.fingerprint()).text();
    }

    /** One row a day; the days of a venue follow each other. */
    private static List<Candidate> candidates(RowSet<Row> rows, PartySize party) {
        Map<String, Candidate> byVenue = new LinkedHashMap<>();
        for (Row row : rows) {
            byVenue.computeIfAbsent(row.getString("venue_id"), id -> candidate(id, row))
                    .days()
                    .add(DayDocument.readFor(party, row.getString("document")));
        }
        return List.copyOf(byVenue.values());
    }

    private static Candidate candidate(String id, Row row) {
        Double lat = row.getDouble("lat");
        return new Candidate(
                id,
                row.getString("name"),
                row.getString("city"),
                row.getString("time_zone"),
                lat == null ? null : new Found.Location(lat, row.getDouble("lon")),
                row.getDouble("distance"),
                row.getInteger("away"),
                new ArrayList<>());
    }
}
