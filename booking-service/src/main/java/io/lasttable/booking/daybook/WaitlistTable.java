package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Write;
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
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code waitlist}; the line is in order of {@code position}, which the database draws. */
final class WaitlistTable {

    private static final Columns COLUMNS = Columns.of("venue_id text, id uuid, date date, from_time time, to_time time,"
            + " party_size int, area text, status text, guest_ref uuid, version bigint, closes_at timestamptz,"
            + " offer_reservation uuid, offer_time time, offer_starts_at timestamptz, offer_expires_at timestamptz, "
            + LabelColumns.TYPES + ", created_at timestamptz");

    private static final int GUEST = 18;

    private static final String SELECT = "select " + COLUMNS.from("w") + ", " + GuestTable.READ
            + " from waitlist w left join guest g on g.venue_id = w.venue_id and g.ref = w.guest_ref ";

    private static final String OF_DATES = SELECT + """
            where w.venue_id = $1 and (w.status in ('waiting', 'offered') and w.date = any ($2) or w.id = any ($3))
            order by w.position
            """;

    private static final String BY_ID = SELECT + "where w.id = $1";

    /** Days with entries whose last start has passed; the oldest first. */
    static final String DUE = "select venue_id, date, closes_at from waitlist"
            + " where status = 'waiting' and closes_at <= now() order by closes_at limit 500";

    private static final String SAVE = COLUMNS.insertInto("waitlist") + " on conflict (venue_id, id) do update set "
            + Columns.overwriting(
                    "status",
                    "version",
                    "closes_at",
                    "offer_reservation",
                    "offer_time",
                    "offer_starts_at",
                    "offer_expires_at");

    private static final String OF_GUESTS = "update waitlist set metadata = null, links_ended_at = now()"
            + " from unnest($1::text[], $2::uuid[]) as gone(v, r) where venue_id = v and guest_ref = r returning venue_id, id";

    private static final String LINKS_ENDED = "select links_ended_at from waitlist where venue_id = $1 and id = $2";

    private WaitlistTable() {}

    /** When an erasure ended the links that guests had until then. */
    static Uni<Optional<Instant>> linksEnded(SqlClient client, VenueId venue, UUID id) {
        return GuestTable.linksEnded(client, LINKS_ENDED, venue, id);
    }

    /** The entries of these guests, without what was kept with them. */
    static Uni<Erasable> eraseMetadata(SqlClient client, Erasable guests) {
        return client.preparedQuery(OF_GUESTS)
                .execute(Tuple.of(guests.venues(), guests.ids()))
                .map(Erasable::of);
    }

    static Uni<List<WaitlistEntry>> load(
            SqlClient client, VenueId venue, Collection<LocalDate> dates, Collection<UUID> named) {
        return client.preparedQuery(OF_DATES)
                .execute(Tuple.of(venue.value(), dates.toArray(LocalDate[]::new), named.toArray(UUID[]::new)))
                .map(WaitlistTable::entries);
    }

    static Uni<Optional<WaitlistEntry>> find(SqlClient client, UUID id) {
        return client.preparedQuery(BY_ID)
                .execute(Tuple.of(id))
                .map(rows -> entries(rows).stream().findFirst());
    }

    static Write save(Collection<WaitlistEntry> entries) {
        JsonArray rows = new JsonArray();
        entries.forEach(entry -> rows.add(row(entry)));
        return Write.of(SAVE, rows);
    }

    private static JsonObject row(WaitlistEntry entry) {
        JsonObject row = LabelColumns.put(new JsonObject(), entry.labels())
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
                .put("closes_at", entry.closesAt().toString())
                .put("created_at", entry.createdAt().map(Instant::toString).orElse(null));
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

    /** By position, in the order of {@link #COLUMNS}. */
    private static WaitlistEntry entry(Row row) {
        return new WaitlistEntry(
                row.getUUID(1),
                new VenueId(row.getString(0)),
                new WaitlistWish(
                        row.getLocalDate(2),
                        row.getLocalTime(3),
                        row.getLocalTime(4),
                        row.getInteger(5),
                        Optional.ofNullable(row.getString(6))),
                GuestTable.guest(row.getUUID(8), row, GUEST),
                WaitlistStatus.ofLabel(row.getString(7)),
                row.getLong(9),
                row.getOffsetDateTime(10).toInstant(),
                Optional.ofNullable(row.getUUID(11)).map(hold -> offer(hold, row)),
                LabelColumns.read(row, 15),
                Optional.ofNullable(row.getOffsetDateTime(17)).map(OffsetDateTime::toInstant));
    }

    private static WaitlistEntry.Offer offer(UUID hold, Row row) {
        return new WaitlistEntry.Offer(
                hold,
                row.getLocalTime(12),
                row.getOffsetDateTime(13).toInstant(),
                row.getOffsetDateTime(14).toInstant());
    }
}
