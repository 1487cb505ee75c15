package io.lasttable.booking.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
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
            String payload) {}

    private final DataSource database;

    OutboxRows(DataSource database) {
        this.database = database;
    }

    /** Takes or renews the lease of a shard by the database's clock; false while another owner's lease runs. */
    boolean lease(int shard, String owner, Duration duration) throws SQLException {
        String sql = """
                insert into shard_lease (shard, owner, epoch, expires_at)
                values (?, ?, 1, now() + make_interval(secs => ?))
                on conflict (shard) do update set owner = excluded.owner, expires_at = excluded.expires_at,
                  epoch = shard_lease.epoch + case when shard_lease.owner = excluded.owner then 0 else 1 end
                where shard_lease.owner = excluded.owner or shard_lease.expires_at < now()
                """;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, shard);
            statement.setString(2, owner);
            statement.setDouble(3, duration.toMillis() / 1000.0);
            return statement.executeUpdate() == 1;
        }
    }

    /** Gives the shard back, so that another replica need not wait for the lease to run out. */
    boolean release(int shard, String owner) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "update shard_lease set expires_at = now() - interval '1 second' where shard = ? and owner = ?")) {
            statement.setInt(1, shard);
            statement.setString(2, owner);
            return statement.executeUpdate() == 1;
        }
    }

    /** The oldest rows of a shard in id order. */
    List<Row> oldest(int shard, int most) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "select id, event_id::text, topic, key, type, subject, time, payload"
                                + " from outbox where shard = ? order by id limit ?")) {
            statement.setInt(1, shard);
            statement.setInt(2, most);
            List<Row> rows = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row(found));
                }
            }
            return rows;
        }
    }

    int delete(int shard, List<Row> rows) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("delete from outbox where shard = ? and id = any (?)")) {
            Array ids = connection.createArrayOf(
                    "bigint", rows.stream().map(Row::id).toArray());
            statement.setInt(1, shard);
            statement.setArray(2, ids);
            return statement.executeUpdate();
        }
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
                found.getString(8));
    }
}
