package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayOutageTest {

    @TempDir
    Path directory;

    @Test
    void whatWasCommittedWhileKafkaWasAwayFollowsInOrder() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            world.relay(world.leases("one"), world::producer);
            world.commit("monday", 1);
            await().atMost(Duration.ofSeconds(60)).until(() -> world.waiting() == 0);
            world.stopKafka();
            for (int version = 2; version <= 20; version++) {
                world.commit("monday", version);
            }
            assertThat(world.waiting()).isEqualTo(38);
            world.startKafka();
            await().atMost(Duration.ofSeconds(60)).until(() -> world.waiting() == 0);
            assertThat(world.log().stream().distinct()).hasSize(20).last().isEqualTo("v/monday=20");
            assertThat(world.feed())
                    .hasSize(20)
                    .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
        }
    }

    /** Ids are drawn when a row is inserted, and seen when its transaction commits: the later one may be seen first. */
    @Test
    void aChangeThatBecomesVisibleLateIsNotSkipped() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            world.relay(world.leases("one"), world::producer);
            try (Connection slow = world.begin("monday", 1)) {
                world.commit("tuesday", 2);
                await().atMost(Duration.ofSeconds(60)).until(() -> world.waiting() == 0);
                assertThat(world.feed()).containsExactly("2");
                slow.commit();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> world.feed().equals(List.of("2", "1")));
        }
    }

    @Test
    void anotherOwnerTakesOverFromOneThatDied() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            ShardLeases dead = world.leases("dead");
            assertThat(dead.take(0)).isTrue();
            dead.close();
            world.commit("monday", 1);
            world.relay(world.leases("alive"), world::producer);
            await().atMost(Duration.ofSeconds(60)).until(() -> world.waiting() == 0);
            assertThat(world.log()).containsExactly("v/monday=1");
        }
    }
}
