package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows go to Kafka at once; the transaction that they go in ends later, and only then do they leave the outbox. */
class GatheringTest {

    @TempDir
    Path directory;

    @Test
    void eachRowLeavesAtOnceAndOnceWhileTheTransactionGathers() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            ShardRelay relay = world.relay(world.leases("one"), world::producer, Duration.ofHours(1));
            world.commit("monday", 1);
            soon().until(() -> world.log().equals(List.of("v/monday=1")));
            world.commit("monday", 2);
            soon().until(() -> world.log().equals(List.of("v/monday=1", "v/monday=2")));
            assertThat(world.waiting()).isEqualTo(4);
            assertThat(world.feed()).isEmpty();

            relay.stop();
            soon().until(() -> world.waiting() == 0);
            assertThat(world.log()).containsExactly("v/monday=1", "v/monday=2");
            assertThat(world.feed()).containsExactly("1", "2");
        }
    }

    @Test
    void aFullTransactionEndsBeforeItsTime() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            for (int version = 1; version <= 60; version++) {
                world.commit("monday", version);
            }
            world.relay(world.leases("one"), world::producer, Duration.ofHours(1));
            soon().until(() -> world.waiting() == 20);
            soon().until(() -> world.log().size() == 60);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
