package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
            order by venue_id, table_id, starts_at
            on conflict do nothing
            returning 1
            """;

    private static final String ALL_WON = "require_tables_won((select count(*) from written), jsonb_array_length($1))";

    /** What nobody ended is over all the same. */
    private static final String FORGET = "delete from occupancy o using reservation r where r.venue_id = $1"
            + " and r.date = any ($2) and r.status in ('held', 'confirmed', 'seated')"
            + " and o.venue_id = r.venue_id and o.reservation_id = r.id and upper(o.during) <= $3";

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

    /**
     * Forgets the stays of dates that are over, so that the constraint, which each booking asks, stays as small as what is to come.
     *
     * @param now by which they have to have ended
     */
    static Uni<Void> forget(SqlClient transaction, VenueId venue, Collection<LocalDate> dates, Instant now) {
        return transaction
                .preparedQuery(FORGET)
                .execute(Tuple.of(venue.value(), dates.toArray(LocalDate[]::new), now.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
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
