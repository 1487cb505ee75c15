package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that was committed before a watermark's time stands before its positions. */
class WatermarkTest {

    @TempDir
    Path directory;

    private OutboxWorld world;

    private record Watermark(Instant committedBefore, JsonObject json) {

        long days() {
            return json.getJsonObject("positions")
                    .getJsonObject(OutboxWorld.DAYS)
                    .getLong("0");
        }
    }

    @BeforeEach
    void start() throws Exception {
        world = new OutboxWorld(directory);
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void anIdleShardGoesOnTellingThatItIs() {
        world.relay(world.leases("one"), world::producer);
        soon().until(() -> watermarks().size() >= 3);
        List<Watermark> told = watermarks();
        assertThat(told).extracting(Watermark::committedBefore).isSorted().doesNotHaveDuplicates();
        assertThat(told.get(0).json().fieldNames())
                .containsExactly("shard", "shards", "sequence", "committedBefore", "positions");
        assertThat(told.get(0).json().getJsonObject("positions").fieldNames())
                .containsExactlyInAnyOrder("days", "reservations", "venues");
        assertThat(told).extracting(Watermark::days).containsOnly(0L);
    }

    @Test
    void itIsAsTheContractHasIt() throws Exception {
        world.relay(world.leases("one"), world::producer);
        soon().until(() -> !watermarks().isEmpty());
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("contract/schemas/watermark.v1.schema.json")));
        ConsumerRecord<String, String> record =
                world.records(OutboxWorld.WATERMARKS).get(0);
        assertThat(schema.validate(record.value(), InputFormat.JSON)).isEmpty();
        assertThat(record.key()).isEqualTo("0");
        assertThat(record.headers().lastHeader("ce_type").value()).asString().isEqualTo("io.lasttable.watermark");
    }

    /** Its rows are older than the watermark, its commit is not. */
    @Test
    void aTransactionThatIsOpenOverALookIsCountedWhenItHasCommitted() throws Exception {
        world.relay(world.leases("one"), world::producer);
        Instant committed;
        try (Connection open = world.begin("monday", 1)) {
            Instant written = world.clock();
            soon().until(() -> !watermarks(written).isEmpty());
            assertThat(watermarks(written)).extracting(Watermark::days).containsOnly(0L);
            open.commit();
            committed = world.clock();
        }
        soon().until(() -> !watermarks(committed).isEmpty());
        assertThat(watermarks(committed)).extracting(Watermark::days).allMatch(position -> position > 0);
    }

    /** Every commit's time is read behind it, so what has a lower one than a watermark was visible to the look of it. */
    @Test
    void holdsWhileManyWriteAndOwnersChange() throws Exception {
        Map<String, Instant> committed = new ConcurrentHashMap<>();
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Void>> writing = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                writing.add(writers.submit(writer("w" + writer, new Random(writer), committed)));
            }
            for (int owner = 0; owner < 4; owner++) {
                ShardRelay relay = world.relay(world.leases("owner-" + owner), world::producer);
                int told = watermarks().size();
                soon().until(() -> watermarks().size() >= told + 3);
                relay.stop();
            }
            world.relay(world.leases("last"), world::producer);
            for (Future<Void> each : writing) {
                assertThat(each.get()).isNull();
            }
            soon().until(() -> world.waiting() == 0);
            Instant end = world.clock();
            soon().until(() -> !watermarks(end).isEmpty());
        } finally {
            writers.shutdown();
        }
        Map<String, Long> offsets = new HashMap<>();
        world.records(OutboxWorld.DAYS).forEach(record -> offsets.putIfAbsent(record.key(), record.offset()));
        List<Watermark> told = watermarks();
        committed.forEach((day, at) -> told.stream()
                .filter(watermark -> at.isBefore(watermark.committedBefore()))
                .forEach(
                        watermark -> assertThat(offsets.get("v/" + day)).as(day).isLessThan(watermark.days())));
        assertThat(committed).hasSize(8 * 60);
    }

    private Callable<Void> writer(String name, Random random, Map<String, Instant> committed) {
        return () -> {
            for (int n = 0; n < 60; n++) {
                try (Connection connection = world.begin(name + "-" + n, 1);
                        var sleep =
                                connection.prepareStatement("select pg_sleep(" + random.nextInt(20) / 1000.0 + ")")) {
                    assertThat(sleep.execute()).isTrue();
                    connection.commit();
                }
                committed.put(name + "-" + n, world.clock());
            }
            return null;
        };
    }

    /** It has looked and seen nothing, since the next owner had sent everything already. */
    @Test
    void anOwnerThatWakesUpLateTellsNothing() throws Exception {
        try (ShardProducer stale = world.producer()) {
            world.relay(world.leases("next"), world::producer);
            world.commit("monday", 1);
            soon().until(() -> world.waiting() == 0);
            Instant late = world.clock();
            assertThatThrownBy(() -> stale.commit(Optional.of(new OutboxRows.Told(late, 1, ""))))
                    .isInstanceOf(KafkaException.class);
            assertThat(watermarks()).extracting(Watermark::committedBefore).doesNotContain(late);
        }
    }

    /** As after a restore: rows and counts of a while ago, below what Kafka has. */
    @Test
    void aDatabaseThatWasSetBackPublishesNothingUntilItsCountIsRaised() throws Exception {
        ShardRelay before = world.relay(world.leases("before"), world::producer);
        soon().until(() -> watermarks().size() >= 3);
        before.stop();
        soon().until(() -> world.ask("select count(*) from shard_lease where expires_at < now()") == 1);
        int told = watermarks().size();
        assertThat(world.ask(
                        "with back as (update shard_lease set told = told - 1 returning 1) select count(*) from back"))
                .isEqualTo(1);
        ShardRelay after = world.relay(world.leases("after"), world::producer);
        soon().until(after::isForked);
        world.commit("monday", 1);
        assertThat(watermarks()).hasSize(told);
        assertThat(world.log()).isEmpty();
        assertThat(
                        world.ask(
                                "with on_again as (update shard_lease set told = told + 1 returning 1) select count(*) from on_again"))
                .isEqualTo(1);
        soon().until(() -> world.waiting() == 0 && !after.isForked());
        assertThat(world.log()).containsExactly("v/monday=1");
    }

    @Test
    void aNewOwnerBeginsWhereTheLogsEnd() throws Exception {
        try (ShardProducer first = world.producer()) {
            world.commit("monday", 1);
            List<OutboxRows.Row> rows = world.rows().oldest(0, 0, List.of(), 10, world.server());
            first.send(rows, row -> {});
            first.commit(Optional.empty());
            assertThat(world.rows().remove(0, rows).rows()).isEqualTo(2);
        }
        world.relay(world.leases("next"), world::producer);
        soon().until(() -> !watermarks().isEmpty());
        assertThat(watermarks().get(0).days()).isGreaterThan(0);
    }

    @Test
    void withoutATopicForThemTheRelayGoesOn() throws Exception {
        try (Admin admin = Admin.create(world.connection())) {
            admin.deleteTopics(List.of(OutboxWorld.WATERMARKS)).all().get();
        }
        world.relay(world.leases("one"), world::producer);
        world.commit("monday", 1);
        soon().until(() -> world.waiting() == 0);
    }

    private List<Watermark> watermarks(Instant after) {
        return watermarks().stream()
                .filter(watermark -> watermark.committedBefore().isAfter(after))
                .toList();
    }

    private List<Watermark> watermarks() {
        return world.records(OutboxWorld.WATERMARKS).stream()
                .map(record -> new JsonObject(record.value()))
                .map(json -> new Watermark(Instant.parse(json.getString("committedBefore")), json))
                .toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
