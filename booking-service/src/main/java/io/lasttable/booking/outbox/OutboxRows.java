package io.lasttable.booking.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The relay's statements. Each is a transaction of its own and needs no session state, so connection poolers do no harm. */
final class OutboxRows {

    /** A row that waits for Kafka. */
    record Row(
            long id,
            String eventId,
            Topic topic,
            String key,
            String type,
            String subject,
            Instant time,
            String payload,
            Optional<String> traceparent) {}

    /** What became of published rows: how many were there still, and the venues whose changes feed has grown. */
    record Removed(int rows, Set<String> venues) {}

    /** What waits in the whole outbox: rows (counted up to a limit), the time of the oldest event, and what Kafka refused. */
    record Backlog(long rows, Optional<Instant> oldest, long refused) {}

    /**
     * What a watermark says.
     *
     * @param committedBefore by the database's clock
     * @param sequence how many the shard has told, this one included
     * @param server which run of which database server says so
     */
    record Told(Instant committedBefore, long sequence, String server) {}

    static final long MOST_COUNTED = 100_000;

    /**
     * Published rows leave the outbox, and reservation changes move into the feed, numbered per venue, in one statement: so
     * a change is in the feed exactly once, whoever else deletes the same rows at the same time. The head's row lock is held
     * until the commit, so no number becomes visible before a smaller one.
     */
    static final String REMOVE = """
            with gone as (
              delete from outbox where shard = ? and id = any (?)
              returning id, venue_id, event_id, topic, type, subject, time, payload, in_feed),
            news as (
              select *, row_number() over (partition by venue_id order by id) as nth from gone
              where topic = 'RESERVATIONS' and in_feed),
            grown as (
              select venue_id, count(*) as by from news group by venue_id),
            head as (
              insert into change_head as h (venue_id, seq) select venue_id, by from grown order by venue_id
              on conflict (venue_id) do update set seq = h.seq + excluded.seq
              returning venue_id, seq),
            kept as (
              insert into change (venue_id, seq, event_id, type, subject, time, payload)
              select venue_id, head.seq - grown.by + news.nth, event_id, type, subject, time, payload
              from news join grown using (venue_id) join head using (venue_id))
            select (select count(*) from gone), (select array_agg(venue_id) from grown)
            """;

    private static final String SET_ASIDE = """
            insert into outbox_refused (venue_id, event_id, topic, key, type, subject, time, payload, traceparent, reason)
            select venue_id, event_id, topic, key, type, subject, time, payload, traceparent, ?
            from outbox where shard = ? and id = ?
            on conflict do nothing
            """;

    /** Which run of which server answers. */
    static final String SERVER = "extract(epoch from pg_postmaster_start_time())::text";

    /** Waits for the disk even where bookings do not: it is what a database that has gone back is known by. */
    private static final String TELL = """
            insert into shard_lease as mine (shard, owner, epoch, expires_at, told)
            select ?, '', 0, now(), 1 from (select set_config('synchronous_commit', 'on', true)) as durable
            on conflict (shard) do update set told = mine.told + 1
            returning clock_timestamp(), told, """ + SERVER;

    /**
     * One row without an event when there is none: the server says which it is in any case. That the limit is a query keeps PostgreSQL
     * from planning for its value, which for many rows is a bitmap of the index and a sort. Only a scan of the index marks what was
     * removed since the last vacuum, so that the next one passes over it for nothing.
     */
    static final String OLDEST = """
            select id, event_id::text, topic, key, type, subject, time, payload, traceparent, server
            from (select %s as server) as answering left join lateral (
              select * from outbox where shard = ? and id > ? and id <> all (?) order by id limit (select ?::bigint)) as waiting on true
            order by id
            """.formatted(SERVER);

    private static final int NETWORK_TIMEOUT_MILLIS = 15_000;

    private final DataSource database;

    OutboxRows(DataSource database) {
        this.database = database;
    }

    /**
     * The oldest rows of a shard above an id, in id order, without those that are on their way already.
     *
     * @param server as {@link Told} has it
     * @throws SQLException also when another server answers, which may have another history
     */
    List<Row> oldest(int shard, long above, List<Row> sent, int most, String server) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(OLDEST)) {
            statement.setInt(1, shard);
            statement.setLong(2, above);
            statement.setArray(3, ids(connection, sent));
            statement.setInt(4, most);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    if (!server.equals(found.getString(10))) {
                        throw new SQLException("the database was started anew");
                    }
                    if (found.getObject(1) != null) {
                        rows.add(row(found));
                    }
                }
            }
            return rows;
        }
    }

    /** Takes a transaction id, so that it is higher than that of whoever has appended before. */
    LookStart.Transactions transactions() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(
                        "select pg_current_xact_id()::text, pg_snapshot_xmin(pg_current_snapshot())::text");
                ResultSet result = statement.executeQuery()) {
            boolean answered = result.next();
            assert answered;
            return new LookStart.Transactions(Long.parseLong(result.getString(1)), Long.parseLong(result.getString(2)));
        }
    }

    /**
     * The database's time, and the number of the watermark that tells it. A look that begins afterwards sees all that had been
     * committed by then.
     */
    Told tell(int shard) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.setInt(1, shard);
            try (ResultSet result = statement.executeQuery()) {
                boolean answered = result.next();
                assert answered;
                return new Told(
                        result.getObject(1, OffsetDateTime.class).toInstant(), result.getLong(2), result.getString(3));
            }
        }
    }

    /** By shard the number of the last watermark that it was about to tell. */
    Map<Integer, Long> told() throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement("select shard, told from shard_lease");
                ResultSet result = statement.executeQuery()) {
            Map<Integer, Long> told = new HashMap<>();
            while (result.next()) {
                told.put(result.getInt(1), result.getLong(2));
            }
            return told;
        }
    }

    /**
     * Takes a row that Kafka refuses out of the way of the others, into the changes feed where it belongs there. A crash
     * between the two statements has it refused and set aside once more.
     */
    Removed setAside(int shard, Row row, String reason) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(SET_ASIDE)) {
            statement.setString(1, reason);
            statement.setInt(2, shard);
            statement.setLong(3, row.id());
            int kept = statement.executeUpdate();
            assert kept <= 1;
        }
        return remove(shard, List.of(row));
    }

    /** Takes published rows out of the outbox, into the changes feed where they belong there. */
    Removed remove(int shard, List<Row> rows) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            statement.setInt(1, shard);
            statement.setArray(2, ids(connection, rows));
            try (ResultSet result = statement.executeQuery()) {
                boolean answered = result.next();
                assert answered;
                Array venues = result.getArray(2);
                return new Removed(result.getInt(1), venues == null ? Set.of() : Set.of((String[]) venues.getArray()));
            }
        }
    }

    Backlog backlog(int shards) throws SQLException {
        String sql = "select (select count(*) from (select from outbox limit ?) counted), (select min(time)"
                + " from generate_series(0, ?) s, lateral (select time from outbox where shard = s order by id limit 1) o),"
                + " (select count(*) from (select from outbox_refused limit ?) refused)";
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, MOST_COUNTED);
            statement.setInt(2, shards - 1);
            statement.setLong(3, MOST_COUNTED);
            try (ResultSet result = statement.executeQuery()) {
                boolean answered = result.next();
                assert answered;
                OffsetDateTime oldest = result.getObject(2, OffsetDateTime.class);
                return new Backlog(
                        result.getLong(1),
                        Optional.ofNullable(oldest).map(OffsetDateTime::toInstant),
                        result.getLong(3));
            }
        }
    }

    private static Array ids(Connection connection, List<Row> rows) throws SQLException {
        return connection.createArrayOf("bigint", rows.stream().map(Row::id).toArray());
    }

    private Connection connection() throws SQLException {
        Connection connection = database.getConnection();
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        return connection;
    }

    private static Row row(ResultSet found) throws SQLException {
        return new Row(
                found.getLong(1),
                found.getString(2),
                Topic.valueOf(found.getString(3)),
                found.getString(4),
                found.getString(5),
                found.getString(6),
                found.getObject(7, OffsetDateTime.class).toInstant(),
                found.getString(8),
                Optional.ofNullable(found.getString(9)));
    }
}
