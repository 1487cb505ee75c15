package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Shares between replicas when each partition was last seen projected to its end; by the database's clock. */
@ApplicationScoped
public class Progress {

    private static final String CAUGHT_UP = """
            INSERT INTO progress AS old (topic, partition, next_offset, caught_up_at)
            SELECT topic, partition, position, now() - $4::int8 * interval '1 millisecond'
              FROM unnest($1::text[], $2::int4[], $3::int8[]) AS n(topic, partition, position) ORDER BY topic, partition
            ON CONFLICT (topic, partition) DO UPDATE
              SET next_offset = excluded.next_offset, caught_up_at = greatest(old.caught_up_at, excluded.caught_up_at)""";
    private static final String OLDEST = """
            SELECT count(*), (extract(epoch FROM now() - min(caught_up_at)) * 1000)::int8
              FROM progress WHERE topic = ANY ($1::text[])""";

    private final Pool pool;
    private final Freshness freshness;
    private final String[] topics;

    Progress(Pool pool, Freshness freshness, AvailabilitySettings settings) {
        this.pool = pool;
        this.freshness = freshness;
        this.topics =
                new String[] {settings.topics().venues(), settings.topics().days()};
    }

    /** Notes that these partitions were projected to these offsets, their ends, {@code ago} before now. */
    public Uni<Void> caughtUp(Map<TopicPartition, Long> ends, Duration ago) {
        if (ends.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(
                        ends.keySet().stream().map(TopicPartition::topic).toArray(String[]::new))
                .addArrayOfInteger(
                        ends.keySet().stream().map(TopicPartition::partition).toArray(Integer[]::new))
                .addArrayOfLong(ends.values().toArray(Long[]::new))
                .addLong(ago.toMillis());
        return pool.preparedQuery(CAUGHT_UP).execute(columns).replaceWithVoid();
    }

    /** Tells {@link Freshness} how old the most lagging partition is, whoever projects it. */
    public Uni<Void> share(int partitions) {
        return pool.preparedQuery(OLDEST)
                .execute(Tuple.tuple().addArrayOfString(topics))
                .invoke(rows -> tell(rows, partitions))
                .replaceWithVoid();
    }

    private void tell(RowSet<Row> rows, int partitions) {
        Row row = rows.iterator().next();
        if (row.getLong(0) >= partitions && row.getLong(1) != null) {
            freshness.caughtUp(Duration.ofMillis(row.getLong(1)));
        }
    }
}
