package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.venue.VenueId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** The table {@code occupancy}: a row for each table that a reservation keeps, under the exclusion constraint. */
final class OccupancyTable {

    /** The exclusion constraint refused a table that the loaded day showed as free: load and decide again. */
    static final String TABLES_TAKEN = "LT001";

    private static final String VACATE = "delete from occupancy where venue_id = $1 and reservation_id = any ($2)";

    /** In table order and with ON CONFLICT, so that a race never deadlocks; all of them, or the transaction ends. */
    private static final String OCCUPY = """
            insert into occupancy (venue_id, reservation_id, table_id, during)
            select venue_id, reservation_id, table_id, tstzrange(starts_at, ends_at)
            from jsonb_to_recordset($1) as o(venue_id text, reservation_id uuid, table_id text,
              starts_at timestamptz, ends_at timestamptz)
            order by table_id, starts_at
            on conflict do nothing
            returning 1
            """;

    private static final String ALL_WON = "require_tables_won((select count(*) from written), jsonb_array_length($1))";

    private OccupancyTable() {}

    /** Frees all tables of reservations. */
    static Write vacate(VenueId venue, Collection<UUID> reservations) {
        return Write.of(VACATE, venue.value(), reservations.toArray(UUID[]::new));
    }

    /** Takes the tables of reservations that keep any; the transaction ends with {@link #TABLES_TAKEN} when one is refused. */
    static Optional<Write> occupy(Collection<Reservation> reservations) {
        JsonArray rows = new JsonArray();
        reservations.stream()
                .filter(reservation -> reservation.status().occupies())
                .forEach(reservation -> reservation.tables().forEach(table -> rows.add(row(reservation, table))));
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Write.of(OCCUPY, rows).checkedBy(ALL_WON));
    }

    private static JsonObject row(Reservation reservation, String table) {
        return new JsonObject()
                .put("venue_id", reservation.venueId().value())
                .put("reservation_id", reservation.id().toString())
                .put("table_id", table)
                .put("starts_at", reservation.startsAt().toString())
                .put("ends_at", reservation.endsAt().toString());
    }
}
