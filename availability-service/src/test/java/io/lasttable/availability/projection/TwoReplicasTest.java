package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.freshness.Heartbeat;
import io.lasttable.availability.migration.Migration;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A second replica joins the group of the running one and leaves it while days are being published. */
@QuarkusTest
class TwoReplicasTest {

    private static final int VENUES = 60;
    private static final int PARTITIONS = 12;
    private static final Duration REBALANCED = Duration.ofSeconds(30);

    @Inject
    Migration migration;

    @Inject
    Publisher publisher;

    @Inject
    Pool pool;

    @Inject
    AvailabilitySettings settings;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    @Inject
    Projection projection;

    @Inject
    Heartbeat heartbeat;

    @Inject
    Feed one;

    private final String prefix = "r" + UUID.randomUUID() + "-";

    @Test
    void replicasShareThePartitionsAndNoChangeIsLostWhenOneComesOrGoes() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> writeUntil(over));
        Feed other = new Feed(settings, kafka, projection, heartbeat, migration);
        other.start();
        await().atMost(REBALANCED).untilAsserted(() -> {
            assertThat(other.assigned()).isNotEmpty();
            assertThat(one.assigned()).isNotEmpty().doesNotContainAnyElementsOf(other.assigned());
            assertThat(one.assigned().size() + other.assigned().size()).isEqualTo(PARTITIONS);
        });
        other.stop();
        await().atMost(REBALANCED).until(() -> one.assigned().size() == PARTITIONS);
        over.set(true);
        long newest = writer.join();
        await().atMost(REBALANCED).until(() -> projected(newest) == VENUES);
    }

    private long writeUntil(AtomicBoolean over) {
        long version = 0;
        do {
            version++;
            for (int n = 0; n < VENUES; n++) {
                publisher.day(aDay(prefix + n, "2099-11-27").version(version));
            }
        } while (!over.get());
        return version;
    }

    private long projected(long version) {
        return pool.query("SELECT count(*) FROM day WHERE venue_id LIKE '" + prefix + "%' AND version = " + version)
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }
}
