package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Change;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements on reservations and their occupancy. Each takes many rows at once, as one JSON parameter. */
final class DayRows {

    private static final String SELECT = """
            select r.venue_id, r.id, r.date, r.time, r.starts_at, r.ends_at, r.party_size, r.tables, r.area, r.status,
              r.guest_ref, g.name, g.email, g.phone, r.note, r.channel, r.version, r.day_version, r.expires_at
            from reservation r left join guest g on g.venue_id = r.venue_id and g.ref = r.guest_ref
            """;

    private static final String FROM_DATE = SELECT + """
                    where r.venue_id = $1 and r.status in ('held', 'confirmed', 'seated') and r.date >= $2
                    """;

    private static final String BY_ID = SELECT + " where r.id = $1";

    /** The page's order has an index; a null filter lets everything pass. */
    private static final String PAGE = SELECT + """
            where r.venue_id = $1 and (r.date, r.starts_at, r.id) > ($2, $3, $4)
              and ($5::date is null or r.date = $5) and ($6::text[] is null or r.status = any ($6))
            order by r.date, r.starts_at, r.id limit $7
            """;

    private static final String SAVE_GUESTS = """
            insert into guest (venue_id, ref, name, email, phone)
            select venue_id, ref, name, email, phone
            from jsonb_to_recordset($1) as g(venue_id text, ref uuid, name text, email text, phone text)
            where name is not null
            on conflict (venue_id, ref) do update
              set name = excluded.name, email = excluded.email, phone = excluded.phone
            """;

    private static final String SAVE = """
            insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, area, status,
              guest_ref, note, channel, version, day_version, expires_at)
            select venue_id, id, date, time, starts_at, ends_at, party_size, tables, area, status,
              guest_ref, note, channel, version, day_version, expires_at
            from jsonb_to_recordset($1) as r(venue_id text, id uuid, date date, time time, starts_at timestamptz,
              ends_at timestamptz, party_size int, tables text[], area text, status text, guest_ref uuid, note text,
              channel text, version bigint, day_version bigint, expires_at timestamptz)
            on conflict (venue_id, id) do update set date = excluded.date, time = excluded.time,
              starts_at = excluded.starts_at, ends_at = excluded.ends_at, party_size = excluded.party_size,
              tables = excluded.tables, area = excluded.area, status = excluded.status, guest_ref = excluded.guest_ref,
              note = excluded.note, version = excluded.version, day_version = excluded.day_version,
              expires_at = excluded.expires_at
            """;

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

    /** The exclusion constraint refused a table that the loaded day showed as free: load and decide again. */
    static final String TABLES_TAKEN = "LT001";

    private DayRows() {}

    static Uni<List<Reservation>> loadFrom(SqlClient client, VenueId venue, LocalDate from) {
        return client.preparedQuery(FROM_DATE)
                .execute(Tuple.of(venue.value(), from))
                .map(DayRows::reservations);
    }

    static Uni<Optional<Reservation>> find(SqlClient client, UUID id) {
        return client.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> reservations(rows).stream().findFirst());
    }

    static Uni<List<Reservation>> page(SqlClient client, ReservationPage page) {
        String[] statuses = page.statuses().stream().map(Status::label).toArray(String[]::new);
        ReservationPage.Place after = page.after();
        return client.preparedQuery(PAGE)
                .execute(Tuple.tuple()
                        .addValue(page.venueId().value())
                        .addValue(after.date())
                        .addValue(after.startsAt().atOffset(ZoneOffset.UTC))
                        .addValue(after.id())
                        .addValue(page.date().orElse(null))
                        .addValue(statuses.length == 0 ? null : statuses)
                        .addValue(page.limit()))
                .map(DayRows::reservations);
    }

    /** Frees the tables of the reservations that a step changes; before {@link #save}, in a statement of its own. */
    static List<Uni<?>> vacate(SqlConnection transaction, VenueId venue, DayStep step) {
        UUID[] before = step.changes().stream()
                .filter(change -> change.before().isPresent())
                .map(change -> change.after().id())
                .distinct()
                .toArray(UUID[]::new);
        return before.length == 0
                ? List.of()
                : List.of(transaction.preparedQuery(VACATE).execute(Tuple.of(venue.value(), before)));
    }

    /**
     * What writes reservations as a step leaves them; the transaction ends with {@link #TABLES_TAKEN} when the constraint
     * refuses a table. Guests are written only where the step brought them, so that one who has been erased meanwhile does
     * not come back.
     */
    static List<Write> save(VenueId venue, DayStep step) {
        List<Reservation> changed = step.changed();
        JsonArray guests = new JsonArray();
        step.changes().stream()
                .filter(Change::bringsGuest)
                .forEach(change -> guests.add(row(venue, change.after().guest().orElseThrow())));
        JsonArray rows = new JsonArray();
        JsonArray occupied = new JsonArray();
        changed.forEach(reservation -> {
            rows.add(row(reservation));
            if (reservation.status().occupies()) {
                reservation.tables().forEach(table -> occupied.add(occupancy(reservation, table)));
            }
        });
        List<Write> writes = new ArrayList<>();
        if (!guests.isEmpty()) {
            writes.add(Write.of(SAVE_GUESTS, guests));
        }
        if (!rows.isEmpty()) {
            writes.add(Write.of(SAVE, rows));
        }
        if (!occupied.isEmpty()) {
            writes.add(Write.of(OCCUPY, occupied).checkedBy(ALL_WON));
        }
        return writes;
    }

    static JsonObject row(VenueId venue, Guest guest) {
        return new JsonObject()
                .put("venue_id", venue.value())
                .put("ref", guest.ref().toString())
                .put("name", guest.name().orElse(null))
                .put("email", guest.email().orElse(null))
                .put("phone", guest.phone().orElse(null));
    }

    private static JsonObject occupancy(Reservation reservation, String table) {
        return new JsonObject()
                .put("venue_id", reservation.venueId().value())
                .put("reservation_id", reservation.id().toString())
                .put("table_id", table)
                .put("starts_at", reservation.startsAt().toString())
                .put("ends_at", reservation.endsAt().toString());
    }

    private static JsonObject row(Reservation r) {
        return new JsonObject()
                .put("venue_id", r.venueId().value())
                .put("id", r.id().toString())
                .put("date", r.date().toString())
                .put("time", r.time().toString())
                .put("starts_at", r.startsAt().toString())
                .put("ends_at", r.endsAt().toString())
                .put("party_size", r.partySize())
                .put("tables", new JsonArray(r.tables()))
                .put("area", r.area().orElse(null))
                .put("status", r.status().label())
                .put("guest_ref", r.guest().map(guest -> guest.ref().toString()).orElse(null))
                .put("note", r.note().orElse(null))
                .put("channel", r.channel().orElse(null))
                .put("version", r.version())
                .put("day_version", r.dayVersion())
                .put("expires_at", r.expiresAt().map(Object::toString).orElse(null));
    }

    private static List<Reservation> reservations(RowSet<Row> rows) {
        List<Reservation> reservations = new ArrayList<>(rows.size());
        rows.forEach(row -> reservations.add(reservation(row)));
        return reservations;
    }

    /** By position, in the order of {@link #SELECT}: looking columns up by name took as long as all else that is done with a row. */
    static Reservation reservation(Row row) {
        return new Reservation(
                row.getUUID(1),
                new VenueId(row.getString(0)),
                row.getLocalDate(2),
                row.getLocalTime(3),
                row.getOffsetDateTime(4).toInstant(),
                row.getOffsetDateTime(5).toInstant(),
                row.getInteger(6),
                List.of(row.getArrayOfStrings(7)),
                Optional.ofNullable(row.getString(8)),
                Status.ofLabel(row.getString(9)),
                Optional.ofNullable(row.getUUID(10)).map(ref -> guest(ref, row, 11)),
                Optional.ofNullable(row.getString(14)),
                Optional.ofNullable(row.getString(15)),
                row.getLong(16),
                row.getLong(17),
                Optional.ofNullable(row.getOffsetDateTime(18)).map(OffsetDateTime::toInstant));
    }

    /** @param name position of the guest's name; address and number follow it */
    static Guest guest(UUID ref, Row row, int name) {
        return new Guest(
                ref,
                Optional.ofNullable(row.getString(name)),
                Optional.ofNullable(row.getString(name + 1)),
                Optional.ofNullable(row.getString(name + 2)));
    }
}
