package io.lasttable.booking.provision;

import io.lasttable.booking.outbox.OutboxSettings;
import io.lasttable.booking.outbox.WatermarkTopic;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The one-shot mode for a database that has gone back: restored to an earlier moment, or failed over with a loss. Versions then count
 * up from below those that readers have, and readers keep the highest that they know. So every version is raised above all that
 * was ever told, and everything is published anew; until then the relay publishes nothing and readers say that they are behind
 * (docs/decisions/versions-are-raised-after-a-restore.md).
 *
 * <p>Says as well what Kafka knows of that is lost. Safe to run again, and beside running replicas, whose commits wait for as long as
 * the versions are raised.
 */
@ApplicationScoped
public class Restored {

    /** Beyond what Kafka knows, since a version that was answered need not have come there; a version counts commits. */
    static final long MARGIN = 1_000_000;

    private static final Logger LOG = Logger.getLogger(Restored.class);

    /** In exclusive mode not even a row lock is granted beside, so nobody decides on a version that is raised meanwhile. */
    private static final String RAISE = """
            set local lock_timeout = '1min';
            set local statement_timeout = 0;
            lock table venue, venue_gone, day, reservation, waitlist, change_head, outbox in exclusive mode;
            update day set version = version + %1$d;
            update reservation set version = version + %1$d, day_version = day_version + %1$d;
            update waitlist set version = version + %1$d;
            update venue set version = version + %1$d, document = case when document ? 'version'
              then jsonb_set(document, '{version}', to_jsonb(version + %1$d)) else document end;
            update venue_gone set version = version + %1$d;
            update change_head set seq = seq + %1$d;
            delete from outbox;
            delete from republication
            """;

    /** Dates that were opened after the restored moment: they open again, above what was told of them. */
    private static final String ADD_DAYS = """
            insert into day (venue_id, date, version, closed)
            select venue_id, split_part(key, '/', 2)::date, told + ?, true
            from unnest(?::text[], ?::bigint[]) as known (key, told)
            join venue on venue_id = split_part(key, '/', 1)
            on conflict do nothing
            """;

    private static final String COUNT_ON = """
            insert into shard_lease as mine (shard, owner, epoch, expires_at, told) values (?, '', 0, now(), ?)
            on conflict (shard) do update set told = greatest(mine.told, excluded.told)
            """;

    private final DataSource database;
    private final OutboxSettings.Topics topics;
    private final Map<String, Object> kafka;
    private final Republish republish;

    Restored(
            DataSource database,
            OutboxSettings settings,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Republish republish) {
        this.database = database;
        this.topics = settings.topics();
        this.kafka = kafka;
        this.republish = republish;
    }

    /**
     * What the database had been told and has lost, as Kafka knows of it.
     *
     * @param changes newest states of reservations and waitlist entries, as their events have them; Kafka keeps them for a week
     * @param venues documents of venues, to be published again by whoever made them
     */
    public record Lost(List<JsonObject> changes, List<JsonObject> venues) {}

    /**
     * Returns when everything is in Kafka.
     *
     * @throws IllegalStateException when Kafka or the database refuses; nothing has changed then
     */
    public Lost run() {
        Lost lost = raise();
        lost.changes().forEach(state -> LOG.warnf("Answered before and not in the database: %s", state.encode()));
        lost.venues()
                .forEach(venue -> LOG.warnf("A venue that the database lacks, publish it again: %s", venue.encode()));
        if (!lost.venues().isEmpty()) {
            LOG.warn("Then run this once more, for their days");
        }
        republish.all();
        LOG.infof(
                "Versions are raised and published; %d reservations or waitlist entries and %d venues are lost or older than they were",
                lost.changes().size(), lost.venues().size());
        return lost;
    }

    private Lost raise() {
        Map<Integer, Long> told = WatermarkTopic.highest(kafka, topics.watermarks());
        try (Connection connection = database.getConnection()) {
            Ahead ahead = new Ahead(kafka, connection);
            Map<String, Long> days = ahead.days(topics.days());
            Lost lost = new Lost(ahead.changes(topics.reservations()), ahead.venues(topics.venues()));
            connection.setAutoCommit(false);
            write(connection, MARGIN + ahead.gap(), days, told);
            connection.commit();
            return lost;
        } catch (SQLException e) {
            throw new IllegalStateException("the database refused: " + e.getMessage(), e);
        }
    }

    private static void write(Connection connection, long raise, Map<String, Long> days, Map<Integer, Long> told)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(RAISE.formatted(raise));
            assert !rows;
        }
        try (PreparedStatement add = connection.prepareStatement(ADD_DAYS)) {
            add.setLong(1, raise);
            add.setArray(2, connection.createArrayOf("text", days.keySet().toArray()));
            add.setArray(3, connection.createArrayOf("bigint", days.values().toArray()));
            int added = add.executeUpdate();
            LOG.infof("%d days were ahead in Kafka, %d of them are not known here", days.size(), added);
        }
        try (PreparedStatement count = connection.prepareStatement(COUNT_ON)) {
            for (Map.Entry<Integer, Long> shard : told.entrySet()) {
                count.setInt(1, shard.getKey());
                count.setLong(2, shard.getValue());
                int one = count.executeUpdate();
                assert one == 1;
            }
        }
    }
}
