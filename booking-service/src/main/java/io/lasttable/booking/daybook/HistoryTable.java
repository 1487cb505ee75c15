package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Origin;
import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.json.Json;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The table {@code reservation_history}: what became of reservations after they were made. How one was made stands in its own row,
 * so that a booking writes no second one. Nothing in it is of a guest, so an erasure leaves it whole.
 */
final class HistoryTable {

    private static final Columns COLUMNS =
            Columns.of("venue_id text, reservation_id uuid, version bigint, at timestamptz, change jsonb");

    private static final String SAVE = COLUMNS.insertInto("reservation_history");

    /** By its key, for as many as are asked for. */
    static final String OF_RESERVATION = """
            select version, at, change from (
              select 1::bigint as version, created_at as at, made as change from reservation
                where venue_id = $1 and id = $2 and made is not null and $3::bigint < 1
              union all
              (select version, at, change from reservation_history
                where venue_id = $1 and reservation_id = $2 and version > $3 order by version limit $4)) as h
            order by version limit $4
            """;

    private HistoryTable() {}

    /** What is kept of each change but those that made a reservation. */
    static Write save(Collection<ReservationChange> changes, Instant now) {
        JsonArray rows = new JsonArray();
        changes.forEach(change -> rows.add(new JsonObject()
                .put("venue_id", change.after().venueId().value())
                .put("reservation_id", change.after().id().toString())
                .put("version", change.after().version())
                .put("at", now.toString())
                .put("change", told(change))));
        return Write.of(SAVE, rows);
    }

    static JsonObject told(ReservationChange change) {
        Origin origin = change.origin().orElseThrow();
        JsonObject told = new JsonObject()
                .put("kind", change.kind().label())
                .put("actor", origin.actor().kind().label())
                .put("cause", origin.cause().label());
        origin.actor().id().ifPresent(id -> told.put("actorId", id));
        if (!origin.overrides().isEmpty()) {
            told.put("overrides", new JsonArray(new ArrayList<>(origin.overrides())));
        }
        change.before()
                .map(before -> new JsonObject(Json.write(Previous.of(before, change.after()))))
                .filter(previous -> !previous.isEmpty())
                .ifPresent(previous -> told.put("previous", previous));
        return told;
    }

    /** @param after the version behind which to begin */
    static Uni<List<HistoryEntry>> find(SqlClient client, VenueId venue, UUID id, long after, int limit) {
        return client.preparedQuery(OF_RESERVATION)
                .execute(Tuple.of(venue.value(), id, after, limit))
                .map(rows -> {
                    List<HistoryEntry> entries = new ArrayList<>(rows.size());
                    rows.forEach(row -> entries.add(entry(row)));
                    return entries;
                });
    }

    private static HistoryEntry entry(Row row) {
        return HistoryEntry.of(row.getLong(0), row.getOffsetDateTime(1).toInstant(), (JsonObject) row.getValue(2));
    }
}
