package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.WaitlistEntry;
import io.lasttable.booking.day.WaitlistStatus;
import io.lasttable.booking.day.WaitlistWish;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The statements on waitlist entries. */
final class WaitlistRows {

    private static final String SELECT = """
            select w.venue_id, w.id, w.date, w.from_time, w.to_time, w.party_size, w.area, w.status, w.guest_ref,
              g.name, g.email, g.phone, w.version, w.closes_at, w.offer_reservation, w.offer_time, w.offer_starts_at,
              w.offer_expires_at
            from waitlist w left join guest g on g.venue_id = w.venue_id and g.ref = w.guest_ref
            """;

    private static final String OF_DATES = SELECT + """
            where w.venue_id = $1 and (w.status in ('waiting', 'offered') and w.date = any ($2) or w.id = any ($3))
            order by w.position
            """;

    private static final String BY_ID = SELECT + " where w.id = $1";

    private static final String SAVE_GUESTS = """
            insert into guest (venue_id, ref, name, email, phone)
            select venue_id, ref, name, email, phone
            from jsonb_to_recordset($1) as g(venue_id text, ref uuid, name text, email text, phone text)
            on conflict (venue_id, ref) do nothing
            """;

    private static final String SAVE = """
            insert into waitlist (venue_id, id, date, from_time, to_time, party_size, area, status, guest_ref, version,
              closes_at, offer_reservation, offer_time, offer_starts_at, offer_expires_at)
            select venue_id, id, date, from_time, to_time, party_size, area, status, guest_ref, version, closes_at,
              offer_reservation, offer_time, offer_starts_at, offer_expires_at
            from jsonb_to_recordset($1) as w(venue_id text, id uuid, date date, from_time time, to_time time,
              party_size int, area text, status text, guest_ref uuid, version bigint, closes_at timestamptz,
              offer_reservation uuid, offer_time time, offer_starts_at timestamptz, offer_expires_at timestamptz)
            on conflict (venue_id, id) do update set status = excluded.status, version = excluded.version,
              offer_reservation = excluded.offer_reservation, offer_time = excluded.offer_time,
              offer_starts_at = excluded.offer_starts_at, offer_expires_at = excluded.offer_expires_at
            """;

    private WaitlistRows() {}

    static Uni<List<WaitlistEntry>> load(
            SqlClient client, VenueId venue, Collection<LocalDate> dates, Collection<UUID> named) {
        return client.preparedQuery(OF_DATES)
                .execute(Tuple.of(venue.value(), dates.toArray(LocalDate[]::new), named.toArray(UUID[]::new)))
                .map(WaitlistRows::entries);
    }

    static Uni<Optional<WaitlistEntry>> find(SqlClient client, UUID id) {
        return client.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> entries(rows).stream().findFirst());
    }

    /** The statements that write entries as a step leaves them; guests only of those who join. */
    static List<Uni<?>> save(SqlConnection transaction, VenueId venue, DayStep step) {
        if (step.waitlist().isEmpty()) {
            return List.of();
        }
        JsonArray guests = new JsonArray();
        step.waitlist().stream()
                .filter(change -> change.after().version() == 1)
                .forEach(change -> guests.add(DayRows.row(venue, change.after().guest())));
        JsonArray rows = new JsonArray();
        step.changedEntries().forEach(entry -> rows.add(row(entry)));
        List<Uni<?>> statements = new ArrayList<>();
        if (!guests.isEmpty()) {
            statements.add(transaction.preparedQuery(SAVE_GUESTS).execute(Tuple.of(guests)));
        }
        statements.add(transaction.preparedQuery(SAVE).execute(Tuple.of(rows)));
        return statements;
    }

    private static JsonObject row(WaitlistEntry entry) {
        JsonObject row = new JsonObject()
                .put("venue_id", entry.venueId().value())
                .put("id", entry.id().toString())
                .put("date", entry.wish().date().toString())
                .put("from_time", entry.wish().from().toString())
                .put("to_time", entry.wish().to().toString())
                .put("party_size", entry.wish().partySize())
                .put("area", entry.wish().area().orElse(null))
                .put("status", entry.status().label())
                .put("guest_ref", entry.guest().ref().toString())
                .put("version", entry.version())
                .put("closes_at", entry.closesAt().toString());
        entry.offer()
                .ifPresent(offer -> row.put(
                                "offer_reservation", offer.reservationId().toString())
                        .put("offer_time", offer.time().toString())
                        .put("offer_starts_at", offer.startsAt().toString())
                        .put("offer_expires_at", offer.expiresAt().toString()));
        return row;
    }

    private static List<WaitlistEntry> entries(RowSet<Row> rows) {
        List<WaitlistEntry> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entries.add(entry(row)));
        return entries;
    }

    private static WaitlistEntry entry(Row row) {
        return new WaitlistEntry(
                row.getUUID("id"),
                new VenueId(row.getString("venue_id")),
                new WaitlistWish(
                        row.getLocalDate("date"),
                        row.getLocalTime("from_time"),
                        row.getLocalTime("to_time"),
                        row.getInteger("party_size"),
                        Optional.ofNullable(row.getString("area"))),
                DayRows.guest(row.getUUID(8), row, 9),
                WaitlistStatus.ofLabel(row.getString("status")),
                row.getLong("version"),
                row.getOffsetDateTime("closes_at").toInstant(),
                Optional.ofNullable(row.getUUID("offer_reservation")).map(id -> offer(id, row)));
    }

    private static WaitlistEntry.Offer offer(UUID reservation, Row row) {
        OffsetDateTime startsAt = row.getOffsetDateTime("offer_starts_at");
        OffsetDateTime expiresAt = row.getOffsetDateTime("offer_expires_at");
        return new WaitlistEntry.Offer(
                reservation, row.getLocalTime("offer_time"), startsAt.toInstant(), expiresAt.toInstant());
    }
}
