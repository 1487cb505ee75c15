package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One record that Kafka never takes stands in nobody's way. */
class RefusedRecordTest {

    @TempDir
    Path directory;

    /** Topics here take 1 MiB, as Kafka's do by default, and the producer 2 MiB: the broker refuses one, the producer the other. */
    @ParameterizedTest
    @ValueSource(ints = {1_500_000, 3_000_000})
    void itIsSetAsideAndTheOthersGoOnInOrder(int bytes) throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            world.commit("monday", 1);
            try (Connection tooLarge = world.begin("tuesday", "x".repeat(bytes))) {
                tooLarge.commit();
            }
            world.commit("monday", 2);
            world.relay(world.leases("one"), world::producer);
            soon().until(() -> world.waiting() == 0);
            world.commit("monday", 3);
            soon().until(() -> world.waiting() == 0);

            assertThat(world.log().stream().distinct()).containsExactly("v/monday=1", "v/monday=2", "v/monday=3");
            assertThat(world.rows().backlog(1).refused())
                    .as("the day and the change")
                    .isEqualTo(2);
            assertThat(world.feed()).hasSize(4);
        }
    }

    @Test
    void whatWasSentBeforeItIsNotSentAgainAndAgain() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            for (int version = 1; version <= 20; version++) {
                world.commit("monday", version);
            }
            try (Connection tooLarge = world.begin("tuesday", "x".repeat(3_000_000))) {
                tooLarge.commit();
            }
            world.relay(world.leases("one"), world::producer);
            soon().until(() -> world.waiting() == 0);
            List<String> log = world.log();
            assertThat(log.stream().distinct()).hasSize(20);
            assertThat(log)
                    .as("once for each record that was refused, and once more")
                    .hasSizeLessThanOrEqualTo(60);
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
