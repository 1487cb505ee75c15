package io.lasttable.booking.daybook;

import io.lasttable.booking.access.EndedLinks;
import io.lasttable.booking.database.Columns;
import io.lasttable.booking.database.Parted;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.DayKey;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The table {@code waitlist}; the line is in order of {@code position}, which the database draws. */
final class WaitlistTable {

    private static final Columns COLUMNS = Columns.of("venue_id text, id uuid, date date, from_time time, to_time time,"
            + " party_size int, area text, status text, guest_ref uuid, version bigint, closes_at timestamptz,"
            + " offer_reservation uuid, offer_time time, offer_starts_at timestamptz, offer_expires_at timestamptz, "
            + LabelColumns.TYPES + ", created_at timestamptz");

    private static final String READ = COLUMNS.from("w") + ", w.position, " + GuestTable.READ;

    private static final int GUEST = 19;

    private static final String SELECT =
            "select " + READ + " from waitlist w left join guest g on g.venue_id = w.venue_id and g.ref = w.guest_ref ";

    private static final String LOAD = "select " + READ + """
            , w.part from (
              select w.*, k.part from unnest($1::int[], $2::text[], $3::date[]) as k(part, venue, day), lateral (
                select * from waitlist w where w.venue_id = k.venue and w.date = k.day
                  and w.status in ('waiting', 'offered') offset 0) as w
              union all
              select w.*, n.part from unnest($4::int[], $5::text[], $6::uuid[]) as n(part, venue, id), lateral (
                select * from waitlist w where w.venue_id = n.venue and w.id = n.id offset 0) as w) as w
              left join lateral (select g.name, g.email, g.phone from guest g
                where g.venue_id = w.venue_id and g.ref = w.guest_ref offset 0) as g on true
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
                    "offer_expires_at",
                    "external_id",
                    "metadata");

    private static final String REORDER = "update waitlist set position = t.position"
            + " from jsonb_to_recordset($2) as t(id uuid, position bigint) where waitlist.venue_id = $1 and waitlist.id = t.id";

    /** In the order of an index; whoever waits is counted among those of their day, who are few. */
    static final String PAGE = "select " + READ + """
            , case when w.status = 'waiting' then (select count(*)::int from waitlist a where a.venue_id = w.venue_id
                and a.date = w.date and a.status = 'waiting' and a.position <= w.position) end
            from (select w.* from waitlist w
              where w.venue_id = $1 and (w.date, w.position) > ($2, $3) and w.date <= $4
                and (cardinality($5::text[]) = 0 or w.status = any ($5))
              order by w.date, w.position limit $6) as w
            left join lateral (select g.name, g.email, g.phone from guest g
              where g.venue_id = w.venue_id and g.ref = w.guest_ref offset 0) as g on true
            order by w.date, w.position
            """;

    private static final int POSITION = GUEST + 3;

    private static final String POSITION_OF =
            "select count(*)::int from waitlist w, waitlist a where w.venue_id = $1 and w.id = $2"
                    + " and w.status = 'waiting' and a.venue_id = w.venue_id and a.date = w.date and a.status = 'waiting'"
                    + " and a.position <= w.position having count(*) > 0";

    private static final String OF_GUESTS =
            "update waitlist set metadata = null, links_ended_at = clock_timestamp() + interval '30 seconds'"
                    + " from unnest($1::text[], $2::uuid[]) as gone(v, r) where venue_id = v and guest_ref = r returning venue_id, id";

    private static final String LINKS_ENDED =
            "select links_ended_at, 0::bigint from waitlist where venue_id = $1 and id = $2";

    private WaitlistTable() {}

    static Uni<EndedLinks> endedLinks(SqlClient client, VenueId venue, UUID id) {
        return GuestTable.endedLinks(client, LINKS_ENDED, venue, id);
    }

    /** The entries of these guests, without what was kept with them. */
    static Uni<Erasable> eraseMetadata(SqlClient client, Erasable guests) {
        return client.preparedQuery(OF_GUESTS)
                .execute(Tuple.of(guests.venues(), guests.ids()))
                .map(Erasable::of);
    }

    /** Those who wait on these dates, in the order of the line. */
    static Uni<List<WaitlistEntry>> load(SqlClient client, VenueId venue, Collection<LocalDate> dates) {
        List<Parted<DayKey>> days = Parted.of(
                List.of(dates),
                all -> all.stream().map(date -> new DayKey(venue, date)).toList());
        return load(client, days, List.of()).map(found -> found.getOrDefault(0, List.of()));
    }

    /** Those who wait on these days, and entries that are named, by the groups that ask for them; in the order of the line. */
    static Uni<Map<Integer, List<WaitlistEntry>>> load(
            SqlClient client, List<Parted<DayKey>> days, List<Parted<ReservationTable.Named>> named) {
        return client.preparedQuery(LOAD)
                .execute(Tuple.of(
                        Parted.parts(days),
                        Parted.column(days, day -> day.venueId().value(), String[]::new),
                        Parted.column(days, DayKey::date, LocalDate[]::new),
                        Parted.parts(named),
                        Parted.column(named, each -> each.venue().value(), String[]::new),
                        Parted.column(named, ReservationTable.Named::id, UUID[]::new)))
                .map(rows -> {
                    Map<Integer, List<WaitlistEntry>> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getInteger(POSITION), none -> new ArrayList<>())
                            .add(entry(row)));
                    return found;
                });
    }

    static Uni<WaitlistPage> page(SqlClient client, WaitlistPage.Search search) {
        return client.preparedQuery(PAGE)
                .execute(Tuple.tuple()
                        .addValue(search.venue().value())
                        .addValue(search.from())
                        .addValue(search.after().orElse(-1))
                        .addValue(search.to())
                        .addValue(search.statuses().stream()
                                .map(WaitlistStatus::label)
                                .toArray(String[]::new))
                        .addValue(search.limit()))
                .map(WaitlistTable::page);
    }

    private static WaitlistPage page(RowSet<Row> rows) {
        List<WaitlistPage.Listed> entries = new ArrayList<>(rows.size());
        rows.forEach(row -> entries.add(new WaitlistPage.Listed(
                entry(row),
                row.getInteger(POSITION) == null ? OptionalInt.empty() : OptionalInt.of(row.getInteger(POSITION)))));
        return new WaitlistPage(entries);
    }

    /** The place of an entry among those of its day who wait, from 1; empty of one that does not. */
    static Uni<OptionalInt> position(SqlClient client, WaitlistEntry entry) {
        return client.preparedQuery(POSITION_OF)
                .execute(Tuple.of(entry.venueId().value(), entry.id()))
                .map(rows -> {
                    Integer position =
                            rows.size() == 0 ? null : rows.iterator().next().getInteger(0);
                    return position == null ? OptionalInt.empty() : OptionalInt.of(position);
                });
    }

    /** Before the entries themselves are saved: the one that moves is among both. */
    static Write reorder(VenueId venue, Map<UUID, Long> tickets) {
        JsonArray rows = new JsonArray();
        tickets.forEach((id, ticket) ->
                rows.add(new JsonObject().put("id", id.toString()).put("position", ticket)));
        return Write.of(REORDER, venue.value(), rows);
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
                Optional.ofNullable(row.getOffsetDateTime(17)).map(OffsetDateTime::toInstant),
                OptionalLong.of(row.getLong(18)));
    }

    private static WaitlistEntry.Offer offer(UUID hold, Row row) {
        return new WaitlistEntry.Offer(
                hold,
                row.getLocalTime(12),
                row.getOffsetDateTime(13).toInstant(),
                row.getOffsetDateTime(14).toInstant());
    }
}
