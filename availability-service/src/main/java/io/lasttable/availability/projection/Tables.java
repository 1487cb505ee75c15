package io.lasttable.availability.projection;

import io.lasttable.availability.venue.Position;
import io.lasttable.availability.venue.SearchKey;
import io.lasttable.availability.venue.Venue;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxException;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two tables, live ({@code venue}, {@code day}) or under construction. One statement a batch; the highest version wins. */
public record Tables(String venue, String day) {

    static final Tables LIVE = new Tables("venue", "day");

    /** Above the 10 s after which the database itself gives a statement up: it has gone without a word. */
    private static final Duration LONGEST = Duration.ofSeconds(12);

    /** SQLSTATE classes cardinality, data exception, integrity, limit exceeded: trying again cannot help. */
    private static final Set<String> REFUSED = Set.of("21", "22", "23", "54");

    Uni<Void> upsert(SqlClient client, Batch batch) {
        return upsertVenues(client, batch.venues())
                .chain(() -> markGone(client, batch.gone()))
                .chain(() -> upsertDays(client, batch.days()));
    }

    /**
     * As {@link #upsert}, done when it returns.
     *
     * @throws DatabaseAwayException when the same may succeed later
     */
    public void upsertNow(SqlClient client, Batch batch) {
        Void done = upsert(client, batch)
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onFailure(Tables::isWorthRetrying)
                .transform(DatabaseAwayException::new)
                .await()
                .indefinitely();
        assert done == null;
    }

    private static boolean isWorthRetrying(Throwable failure) {
        if (failure instanceof PgException refused) {
            String state = refused.getSqlState();
            return state == null || state.length() < 2 || !REFUSED.contains(state.substring(0, 2));
        }
        return failure instanceof VertxException
                || failure instanceof TimeoutException
                || !(failure instanceof RuntimeException);
    }

    private Uni<Void> upsertVenues(SqlClient client, Collection<Change.VenueState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String sql = """
                INSERT INTO %1$s AS old (venue_id, version, name, time_zone, city, city_key, cuisines, cuisine_keys, lat, lon, position,
                  gone, log_offset)
                SELECT id, version, name, zone, city, city_key, cuisines::text[], cuisine_keys::text[], lat, lon,
                       CASE WHEN x IS NOT NULL THEN cube(ARRAY[x, y, z]) END, false, log_offset
                  FROM unnest($1::text[], $2::int8[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                              $9::float8[], $10::float8[], $11::int8[], $12::float8[], $13::float8[], $14::float8[])
                    AS n(id, version, name, zone, city, city_key, cuisines, cuisine_keys, lat, lon, log_offset, x, y, z)
                ON CONFLICT (venue_id) DO UPDATE SET
                  (version, name, time_zone, city, city_key, cuisines, cuisine_keys, lat, lon, position, gone, log_offset) =
                  (excluded.version, excluded.name, excluded.time_zone, excluded.city, excluded.city_key,
                   excluded.cuisines, excluded.cuisine_keys, excluded.lat, excluded.lon, excluded.position, false, excluded.log_offset)
                WHERE excluded.version > old.version
                   OR excluded.version = old.version AND (NOT old.gone OR excluded.log_offset > old.log_offset)""".formatted(venue);
        return client.preparedQuery(sql).execute(venueColumns(states)).replaceWithVoid();
    }

    /** Rows stay, with their version: one that is made under the same id goes on from it, and what is read once more brings nothing back. */
    private Uni<Void> markGone(SqlClient client, Map<String, Long> gone) {
        if (gone.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String sql = """
                UPDATE %s AS v SET gone = true, log_offset = n.log_offset
                  FROM unnest($1::text[], $2::int8[]) AS n(id, log_offset)
                 WHERE v.venue_id = n.id AND coalesce(v.log_offset, -1) < n.log_offset""".formatted(venue);
        Tuple columns =
                Tuple.of(gone.keySet().toArray(String[]::new), gone.values().toArray(Long[]::new));
        return client.preparedQuery(sql).execute(columns).replaceWithVoid();
    }

    private Uni<Void> upsertDays(SqlClient client, Collection<Change.DayState> states) {
        if (states.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String sql = """
                INSERT INTO %1$s AS old (venue_id, date, version, notice_seconds, offers, document)
                SELECT id, date, version, notice, offers::int8[], document
                  FROM unnest($1::text[], $2::date[], $3::int8[], $4::int4[], $5::text[], $6::text[])
                    AS n(id, date, version, notice, offers, document)
                ON CONFLICT (venue_id, date) DO UPDATE SET
                  (version, notice_seconds, offers, document) =
                  (excluded.version, excluded.notice_seconds, excluded.offers, excluded.document)
                WHERE excluded.version > old.version""".formatted(day);
        return client.preparedQuery(sql).execute(dayColumns(states)).replaceWithVoid();
    }

    private static Tuple venueColumns(Collection<Change.VenueState> states) {
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(states, v -> v.id().value()))
                .addArrayOfLong(states.stream().map(s -> s.venue().version()).toArray(Long[]::new))
                .addArrayOfString(texts(states, Venue::name))
                .addArrayOfString(texts(states, v -> v.zone().getId()))
                .addArrayOfString(texts(states, Venue::city))
                .addArrayOfString(texts(states, v -> v.city() == null ? null : key(v.city())))
                .addArrayOfString(texts(states, v -> array(v.cuisines().stream())))
                .addArrayOfString(texts(states, v -> array(v.cuisines().stream().map(Tables::key))))
                .addArrayOfDouble(coordinates(states, Position::lat))
                .addArrayOfDouble(coordinates(states, Position::lon))
                .addArrayOfLong(states.stream().map(Change.VenueState::offset).toArray(Long[]::new));
        for (int axis = 0; axis < 3; axis++) {
            int a = axis;
            columns = columns.addArrayOfDouble(coordinates(states, p -> p.metres()[a]));
        }
        return columns;
    }

    private static Tuple dayColumns(Collection<Change.DayState> states) {
        return Tuple.tuple()
                .addArrayOfString(
                        states.stream().map(s -> s.day().key().venue().value()).toArray(String[]::new))
                .addArrayOfLocalDate(
                        states.stream().map(s -> s.day().key().date()).toArray(LocalDate[]::new))
                .addArrayOfLong(states.stream().map(s -> s.day().version()).toArray(Long[]::new))
                .addArrayOfInteger(
                        states.stream().map(Change.DayState::noticeSeconds).toArray(Integer[]::new))
                .addArrayOfString(states.stream().map(Tables::offers).toArray(String[]::new))
                .addArrayOfString(states.stream().map(Change.DayState::document).toArray(String[]::new));
    }

    private static String[] texts(Collection<Change.VenueState> states, Function<Venue, String> column) {
        return states.stream().map(s -> column.apply(s.venue())).toArray(String[]::new);
    }

    private static Double[] coordinates(Collection<Change.VenueState> states, Function<Position, Double> column) {
        return states.stream()
                .map(s -> s.venue().position())
                .map(p -> p == null ? null : column.apply(p))
                .toArray(Double[]::new);
    }

    private static String offers(Change.DayState state) {
        return Arrays.stream(state.offers()).mapToObj(Long::toString).collect(Collectors.joining(",", "{", "}"));
    }

    /** A one-dimensional PostgreSQL array literal; every element quoted. */
    private static String array(Stream<String> elements) {
        return elements.map(e -> '"' + e.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String key(String text) {
        return SearchKey.of(text).value();
    }
}
