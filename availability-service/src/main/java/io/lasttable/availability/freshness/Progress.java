package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Collection;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares between replicas what each partition was last proved to hold. Ages are told by this database's clock, and where a
 * wait stands between two readings of a clock, the age comes out too long, never too short.
 */
@ApplicationScoped
class Progress {

    /** What lies in the future of this database's clock is held to be now, so that its age grows from the first moment. */
    private static final String HELD = """
            INSERT INTO progress AS old (topic, partition, next_offset, caught_up_at)
            SELECT topic, partition, position, least(held, now())
              FROM unnest($1::text[], $2::int4[], $3::int8[], $4::timestamptz[]) AS n(topic, partition, position, held)
             ORDER BY topic, partition
            ON CONFLICT (topic, partition) DO UPDATE
              SET next_offset = excluded.next_offset, caught_up_at = greatest(old.caught_up_at, excluded.caught_up_at)""";

    private static final String OLDEST = """
            SELECT count(*), (extract(epoch FROM now() - min(caught_up_at)) * 1000000)::int8
              FROM progress WHERE topic = ANY ($1::text[])""";

    private final Pool pool;
    private final Freshness freshness;
    private final String[] topics;

    /** A partition that was projected up to this position holds everything of before {@code held}. */
    record Proof(TopicPartition partition, long position, OffsetDateTime held) {}

    Progress(Pool pool, Freshness freshness, AvailabilitySettings settings) {
        this.pool = pool;
        this.freshness = freshness;
        this.topics =
                new String[] {settings.topics().venues(), settings.topics().days()};
    }

    /** The database's clock, read after this was asked for. */
    Uni<OffsetDateTime> now() {
        return pool.query("SELECT now()")
                .execute()
                .map(rows -> rows.iterator().next().getOffsetDateTime(0));
    }

    Uni<Void> note(Collection<Proof> proofs) {
        if (proofs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(
                        proofs.stream().map(p -> p.partition().topic()).toArray(String[]::new))
                .addArrayOfInteger(
                        proofs.stream().map(p -> p.partition().partition()).toArray(Integer[]::new))
                .addArrayOfLong(proofs.stream().map(Proof::position).toArray(Long[]::new))
                .addArrayOfOffsetDateTime(proofs.stream().map(Proof::held).toArray(OffsetDateTime[]::new));
        return pool.preparedQuery(HELD).execute(columns).replaceWithVoid();
    }

    /** Tells {@link Freshness} how old the most lagging of all these partitions is, whoever projects it. */
    Uni<Void> share(int partitions) {
        return Uni.createFrom()
                .item(System::nanoTime)
                .chain(asked -> pool.preparedQuery(OLDEST)
                        .execute(Tuple.tuple().addArrayOfString(topics))
                        .invoke(rows -> tell(rows.iterator().next(), partitions, asked))
                        .replaceWithVoid());
    }

    /** The age was read after {@code asked}; counted from there it is at least what it is. */
    private void tell(Row oldest, int partitions, long asked) {
        if (oldest.getLong(0) >= partitions && oldest.getLong(1) != null) {
            freshness.held(asked - Duration.ofNanos(oldest.getLong(1) * 1000).toNanos());
        }
    }
}
