package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An owner that is paused at the worst instruction and wakes after the take-over never leaves an older state last. */
class StaleOwnerTest {

    @TempDir
    Path directory;

    private OutboxWorld world;

    @BeforeEach
    void start() throws Exception {
        world = new OutboxWorld(directory);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void pausedBetweenReadingAndSending() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch wakes = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        world.commit("monday", 1);
        ShardLeases stale = world.leases("stale");
        world.relay(stale, () -> pausing(paused, wakes, refused));
        paused.await();
        stale.close();
        world.relay(world.leases("next"), world::producer);
        world.commit("monday", 2);
        soon().until(() -> world.waiting() == 0);

        wakes.countDown();
        refused.await();
        world.commit("monday", 3);
        soon().until(() -> world.waiting() == 0);
        assertThat(world.log()).containsExactly("v/monday=1", "v/monday=2", "v/monday=3");
        assertThat(world.feed()).containsExactly("1", "2", "3");
    }

    /** What it wrote before the take-over is aborted, yet readers of uncommitted records see it: the newest must follow. */
    @Test
    void pausedInTheMiddleOfATransaction() throws Exception {
        world.commit("monday", 1);
        world.commit("monday", 2);
        try (KafkaProducer<String, String> stale = rawProducer()) {
            stale.initTransactions();
            stale.beginTransaction();
            stale.send(new ProducerRecord<>(OutboxWorld.DAYS, "v/monday", "1")).get();
            try (ShardProducer next = world.producer()) {
                next.send(world.rows().oldest(0, 0, List.of(), 10, world.server()), row -> {});
                next.commit(Optional.empty());
                assertThatThrownBy(() -> stale.send(new ProducerRecord<>(OutboxWorld.DAYS, "v/monday", "1"))
                                .get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(ApiException.class);
                assertThatThrownBy(stale::commitTransaction).isInstanceOf(RuntimeException.class);
            }
        }
        assertThat(world.log()).containsExactly("v/monday=1", "v/monday=1", "v/monday=2");
    }

    @Test
    void pausedBetweenKafkasAnswerAndTheRemoval() throws Exception {
        world.commit("monday", 1);
        try (ShardProducer stale = world.producer()) {
            List<OutboxRows.Row> batch = world.rows().oldest(0, 0, List.of(), 10, world.server());
            stale.send(batch, row -> {});
            stale.commit(Optional.empty());
            world.relay(world.leases("next"), world::producer);
            world.commit("monday", 2);
            soon().until(() -> world.waiting() == 0);
            assertThat(world.rows().remove(0, batch).rows()).isZero();
        }
        assertThat(world.log()).containsExactly("v/monday=1", "v/monday=1", "v/monday=2");
        assertThat(world.feed()).containsExactly("1", "2");
    }

    /** What a stale owner had sent and not committed is seen once more, behind it, before anything newer. */
    @Test
    void gatheringWhenItsShardIsTakenOver() throws Exception {
        ShardLeases stale = world.leases("stale");
        world.relay(stale, world::producer, Duration.ofHours(1));
        world.commit("monday", 1);
        soon().until(() -> world.log().equals(List.of("v/monday=1")));
        stale.close();
        world.commit("monday", 2);
        soon().until(() -> world.log().contains("v/monday=2"));
        world.relay(world.leases("next"), world::producer);
        soon().until(() -> world.waiting() == 0);
        world.commit("monday", 3);
        soon().until(() -> world.waiting() == 0);
        assertThat(world.log()).containsExactly("v/monday=1", "v/monday=2", "v/monday=1", "v/monday=2", "v/monday=3");
        assertThat(world.feed()).containsExactly("1", "2", "3");
    }

    @Test
    void whoWaitsRehearsesAndTheOwnerGoesOn() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch rehearsed = new CountDownLatch(1);
        ShardLeases owner = world.leases("owner");
        world.relay(owner, () -> {
            opened.incrementAndGet();
            return world.producer();
        });
        world.commit("monday", 1);
        soon().until(() -> world.waiting() == 0);
        world.relay(world.leases("next"), new Publishers() {
            @Override
            public Publisher open() {
                return world.producer();
            }

            @Override
            public void rehearse() {
                world.rehearse();
                rehearsed.countDown();
            }
        });
        assertThat(rehearsed.await(60, TimeUnit.SECONDS)).isTrue();
        world.commit("monday", 2);
        soon().until(() -> world.waiting() == 0);
        assertThat(owner.holds(0)).isTrue();
        assertThat(opened).hasValue(1);
        assertThat(world.log()).containsExactly("v/monday=1", "v/monday=2");

        assertThat(owner.release(0)).isTrue();
        world.commit("monday", 3);
        soon().until(() -> world.waiting() == 0);
        assertThat(world.log()).containsExactly("v/monday=1", "v/monday=2", "v/monday=3");
    }

    private Publisher pausing(CountDownLatch paused, CountDownLatch wakes, CountDownLatch refused) {
        ShardProducer producer = world.producer();
        return new Publisher() {
            @Override
            public void send(List<OutboxRows.Row> rows, Consumer<OutboxRows.Row> acknowledged) {
                paused.countDown();
                try {
                    wakes.await();
                    producer.send(rows, acknowledged);
                    producer.commit(Optional.empty());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                } finally {
                    refused.countDown();
                }
            }

            @Override
            public void commit(Optional<OutboxRows.Told> told) {
                producer.commit(told);
            }

            @Override
            public Map<Integer, Long> told() {
                return producer.told();
            }

            @Override
            public void close() {
                producer.close();
            }
        };
    }

    private KafkaProducer<String, String> rawProducer() {
        Map<String, Object> settings = new HashMap<>(world.connection());
        settings.put("transactional.id", "outbox-0");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
