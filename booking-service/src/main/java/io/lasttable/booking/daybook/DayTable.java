package io.lasttable.booking.daybook;

import io.lasttable.booking.database.Parted;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Block;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.venue.VenueId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The table {@code day}, whose rows are what is locked and what carries the version. */
final class DayTable {

    /** Day by day, in the order in which they are asked for: a join of them may be planned as a scan of all days while those are few. */
    private static final String FIND = """
            select k.part, d.date, d.version, %s, d.blocks, d.closes_at
            from unnest($1::int[], $2::text[], $3::date[]) as k(part, venue_id, date), lateral (
              select date, version, blocks, closes_at from day where day.venue_id = k.venue_id and day.date = k.date %s) as d
            """;

    private static final String LOCK = FIND.formatted(DayTransaction.ID, "for update");
    private static final String LOCK_UNLOCKED = FIND.formatted(DayTransaction.ID, "for update skip locked");
    private static final String VERSIONS = FIND.formatted("''", "offset 0");
    /** One text, whether a cut-off is ahead or not: days of both kinds may share a statement, and each text is prepared once. */
    private static final String SAVE_VERSION =
            "update day set version = $3, closes_at = nullif($4, timestamptz 'epoch') where venue_id = $1 and date = $2";

    private static final OffsetDateTime NEVER = Instant.EPOCH.atOffset(ZoneOffset.UTC);
    private static final String LOCK_BETWEEN = "select date, version, closed, blocks, closes_at from day"
            + " where venue_id = $1 and date between $2 and $3 order by date for update";
    private static final String SAVE = """
            insert into day (venue_id, date, version, closed, blocks, closes_at)
            select $1, date, version, closed, blocks, closes_at
            from jsonb_to_recordset($2)
              as d(date date, version bigint, closed boolean, blocks jsonb, closes_at timestamptz)
            on conflict (venue_id, date) do update set version = excluded.version, closed = excluded.closed,
              blocks = excluded.blocks, closes_at = excluded.closes_at
            """;
    private static final String ADD = "insert into day (venue_id, date, version, closed, blocks)"
            + " select $1, date, 0, true, blocks from jsonb_to_recordset($2) as d(date date, blocks jsonb) on conflict do nothing";
    private static final String CLOSE = "update day set version = version + 1, closed = true, closes_at = null"
            + " where venue_id = $1 and date < $2 and not closed returning date";

    /** In lock order, as everybody takes them. */
    private static final String LOCK_OF_GUESTS = """
            select from day where (venue_id, date) in (
              select r.venue_id, r.date from reservation r
                join unnest($1::text[], $2::uuid[]) as g(v, ref) on r.venue_id = g.v and r.guest_ref = g.ref
              union
              select w.venue_id, w.date from waitlist w
                join unnest($1::text[], $2::uuid[]) as g(v, ref) on w.venue_id = g.v and w.guest_ref = g.ref)
            order by venue_id, date for update
            """;

    /** What every venue has open; whether that is behind is a matter of its own midnight, which Java knows. */
    static final String OPEN = """
            select v.venue_id, v.document ->> 'timeZone', (v.document -> 'bookingWindow' ->> 'maxDaysAhead')::int,
              (select min(d.date) from day d where d.venue_id = v.venue_id and not d.closed),
              (select max(d.date) from day d where d.venue_id = v.venue_id and not d.closed)
            from venue v
            """;

    /** Days of which a cut-off has passed by the database's clock; the oldest first. One that is closed has none. */
    static final String DUE =
            "select venue_id, date, closes_at from day where closes_at <= now() order by closes_at limit 500";

    /**
     * Days that were found, with their versions.
     *
     * @param blocks that hold on them
     * @param closing when what they offer changes by a cut-off, and has to be told anew
     * @param transactionId {@link DayTransaction#ID}, to ask later what became of it; empty when only looking
     */
    record Found(
            Map<LocalDate, Long> versions, List<Block> blocks, Map<LocalDate, Instant> closing, String transactionId) {

        static Found none(String transactionId) {
            return new Found(new HashMap<>(), new ArrayList<>(), new HashMap<>(), transactionId);
        }

        private void add(Row row) {
            LocalDate date = row.getLocalDate(1);
            versions.put(date, row.getLong(2));
            blocks.addAll(BlockTable.ofDay(date, row.getJsonArray(4)));
            if (row.getOffsetDateTime(5) != null) {
                closing.put(date, row.getOffsetDateTime(5).toInstant());
            }
        }
    }

    /**
     * A day's row; one that is closed cannot be booked any more, or not yet again.
     *
     * @param closing whether it is told anew when a cut-off passes
     */
    record State(long version, boolean closed, List<Block> blocks, boolean closing) {

        static final State NONE = new State(0, true, List.of(), false);
    }

    /** What a venue has open. */
    record Open(
            VenueId venue, String timeZone, int maxDaysAhead, Optional<LocalDate> first, Optional<LocalDate> last) {}

    /** Later than any date that a day may have. */
    static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private DayTable() {}

    /** Locks one day's row. */
    static Uni<Void> lock(SqlClient transaction, DayKey day) {
        return lock(transaction, List.of(new Parted<>(0, day))).replaceWithVoid();
    }

    /** The days' rows by the groups that ask for them, locked in this order. */
    static Uni<Map<Integer, Found>> lock(SqlClient transaction, List<Parted<DayKey>> days) {
        return find(transaction, LOCK, days);
    }

    /** As {@link #lock}, but of those only that nobody else has locked: it waits for none. */
    static Uni<Map<Integer, Found>> lockUnlocked(SqlClient transaction, List<Parted<DayKey>> days) {
        return find(transaction, LOCK_UNLOCKED, days);
    }

    static Uni<Map<Integer, Found>> look(SqlClient client, List<Parted<DayKey>> days) {
        return find(client, VERSIONS, days);
    }

    private static Uni<Map<Integer, Found>> find(SqlClient client, String sql, List<Parted<DayKey>> days) {
        return client.preparedQuery(sql)
                .execute(Tuple.of(
                        Parted.parts(days),
                        Parted.column(days, day -> day.venueId().value(), String[]::new),
                        Parted.column(days, DayKey::date, LocalDate[]::new)))
                .map(rows -> {
                    Map<Integer, Found> found = new HashMap<>();
                    rows.forEach(row -> found.computeIfAbsent(row.getInteger(0), part -> Found.none(row.getString(3)))
                            .add(row));
                    return found;
                });
    }

    static Write saveVersion(VenueId venue, Day day, Instant now) {
        LocalDate date = day.plan().date();
        OffsetDateTime closes = day.plan()
                .grid()
                .closesNext(now)
                .map(at -> at.atOffset(ZoneOffset.UTC))
                .orElse(NEVER);
        return Write.of(SAVE_VERSION, venue.value(), date, day.version(), closes);
    }

    /** Locks the days on which these guests have a reservation or wait for one. */
    static Uni<Void> lockOfGuests(SqlClient transaction, Erasable guests) {
        return transaction
                .preparedQuery(LOCK_OF_GUESTS)
                .execute(Tuple.of(guests.venues(), guests.ids()))
                .replaceWithVoid();
    }

    /** All days of a venue from a date on, locked. */
    static Uni<SortedMap<LocalDate, State>> lockFrom(SqlConnection transaction, VenueId venue, LocalDate from) {
        return lockBetween(transaction, venue, from, LAST);
    }

    /** All days of a venue from the first to the last, locked. */
    static Uni<SortedMap<LocalDate, State>> lockBetween(
            SqlConnection transaction, VenueId venue, LocalDate first, LocalDate last) {
        return transaction
                .preparedQuery(LOCK_BETWEEN)
                .execute(Tuple.of(venue.value(), first, last))
                .map(rows -> {
                    SortedMap<LocalDate, State> states = new TreeMap<>();
                    rows.forEach(row -> states.put(row.getLocalDate(0), state(row)));
                    return states;
                });
    }

    private static State state(Row row) {
        List<Block> blocks = BlockTable.ofDay(row.getLocalDate(0), row.getJsonArray(3));
        return new State(row.getLong(1), row.getBoolean(2), blocks, row.getOffsetDateTime(4) != null);
    }

    static Uni<Void> save(
            SqlConnection transaction, VenueId venue, List<Day> days, Predicate<Day> closed, Instant now) {
        JsonArray rows = new JsonArray();
        days.forEach(day -> rows.add(new JsonObject()
                .put("date", day.plan().date().toString())
                .put("version", day.version())
                .put("closed", closed.test(day))
                .put("blocks", BlockTable.ofDay(day.blocks()))
                .put("closes_at", closesAt(day, closed, now))));
        return transaction
                .preparedQuery(SAVE)
                .execute(Tuple.of(venue.value(), rows))
                .replaceWithVoid();
    }

    private static String closesAt(Day day, Predicate<Day> closed, Instant now) {
        return day.plan()
                .grid()
                .closesNext(now)
                .filter(at -> !closed.test(day))
                .map(Instant::toString)
                .orElse(null);
    }

    /** Closed rows, of no version yet; dates that have one stay as they are. */
    static Uni<Void> add(SqlClient transaction, VenueId venue, List<LocalDate> dates, List<Block> blocks) {
        JsonArray rows = new JsonArray();
        dates.forEach(date -> rows.add(new JsonObject()
                .put("date", date.toString())
                .put(
                        "blocks",
                        BlockTable.ofDay(blocks.stream()
                                .flatMap(block -> block.on(date).stream())
                                .toList()))));
        return transaction
                .preparedQuery(ADD)
                .execute(Tuple.of(venue.value(), rows))
                .replaceWithVoid();
    }

    /** Closes the open days before a date; their dates. */
    static Uni<List<LocalDate>> close(SqlConnection transaction, VenueId venue, LocalDate before) {
        return transaction
                .preparedQuery(CLOSE)
                .execute(Tuple.of(venue.value(), before))
                .map(rows -> {
                    List<LocalDate> closed = new ArrayList<>();
                    rows.forEach(row -> closed.add(row.getLocalDate(0)));
                    return closed;
                });
    }

    static Uni<List<Open>> open(SqlClient client) {
        return client.query(OPEN).execute().map(DayTable::opens);
    }

    private static List<Open> opens(RowSet<Row> rows) {
        List<Open> opens = new ArrayList<>(rows.size());
        rows.forEach(row -> opens.add(new Open(
                new VenueId(row.getString(0)),
                row.getString(1),
                row.getInteger(2),
                Optional.ofNullable(row.getLocalDate(3)),
                Optional.ofNullable(row.getLocalDate(4)))));
        return opens;
    }
}
