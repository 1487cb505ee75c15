package io.lasttable.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.lasttable.notify.world.Days;
import io.lasttable.notify.world.Lines;
import io.lasttable.notify.world.LiveClient;
import io.lasttable.notify.world.Management;
import io.lasttable.notify.world.Neighbours;
import io.lasttable.notify.world.Publisher;
import io.lasttable.notify.world.UnsteadyKafka;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What clients hear when Kafka changes or goes while the replica runs. */
@QuarkusTest
@TestProfile(KafkaTroubleTest.Impatient.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KafkaTroubleTest {

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lasttable.feed.stalled-after", "PT2S",
                    "lasttable.feed.pause-after-failure", "PT0.2S",
                    "lasttable.feed.partition-check", "PT0.5S");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(UnsteadyKafka.class), new TestResourceEntry(Neighbours.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final int PARTITIONS = 5;

    @TestHTTPResource("/v1/live")
    URI live;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "test.kafka")
    String kafka;

    private Publisher publisher;

    @BeforeEach
    void publish() {
        Management.awaitReady();
        publisher = new Publisher(bootstrapServers);
    }

    private static boolean says(JsonNode frame, String state) {
        return frame.path("op").asText().equals("feed")
                && frame.path("state").asText().equals(state);
    }

    @Test
    void whoNamesAVersionThatIsNotOfThisHistoryIsToldToStartOver() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        var streaming = HttpClient.newHttpClient()
                .sendAsync(
                        HttpRequest.newBuilder(URI.create(live + "/venues/known-3/days/2026-11-28"))
                                .header("Last-Event-ID", "99")
                                .build(),
                        BodyHandlers.fromLineSubscriber(new Lines(lines)));
        try (LiveClient client = new LiveClient(live)) {
            client.send("{'op':'watch','ref':'a','venueId':'known-3','date':'2026-11-28','version':99,'confirm':true}");
            assertThat(client.version(18).path("restarted").asBoolean()).isTrue();
            await().until(() -> lines.contains("id: 18"));
            assertThat(lines).anyMatch(line -> line.contains("\"restarted\":true"));
            publisher.day(Days.day("known-3", 19));
            assertThat(client.version(19).get("from").asInt()).isEqualTo(18);
        }
        assertThat(streaming.cancel(true)).isTrue();
    }

    /** Last, since from then on the relay's word counts for all. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aRelayThatStandsStillIsToldThoughKafkaIsWell() throws Exception {
        try (LiveClient client = new LiveClient(live);
                Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            assertThat(client.watch("a", "known-4").version(18).isObject()).isTrue();
            Void created = admin.createTopics(List.of(new NewTopic("lasttable.watermarks.v1", 1, (short) 1)))
                    .all()
                    .get();
            assertThat(created).isNull();
            publisher.watermark(Instant.now().minusSeconds(60));
            assertThat(client.frame("delayed", frame -> says(frame, "delayed")).isObject())
                    .isTrue();
            publisher.watermark(Instant.now().plusSeconds(3600));
            assertThat(client.frame("live", frame -> says(frame, "live")).isObject())
                    .isTrue();
        }
    }

    @Test
    void partitionsThatAreAddedAreReadFromTheirBeginning() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            assertThat(client.watch("a", "known-1").version(18).isObject()).isTrue();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
                Void added = admin.createPartitions(Map.of("lasttable.days.v1", NewPartitions.increaseTo(PARTITIONS)))
                        .all()
                        .get();
                assertThat(added).isNull();
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                publisher.dayInto(partition, Days.day("known-1", 19 + partition));
                assertThat(client.version(19 + partition).get("op").asText()).isEqualTo("change");
            }
        }
    }

    @Test
    void whileKafkaIsAwayClientsAreToldAndAfterwardsTheyCatchUp() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            assertThat(client.watch("a", "known-2").version(18).isObject()).isTrue();
            UnsteadyKafka.turn(kafka, "down");
            assertThat(client.frame("delayed", frame -> says(frame, "delayed")).isObject())
                    .isTrue();
            try (LiveClient late = new LiveClient(live)) {
                assertThat(late.frame(0).get("op").asText()).isEqualTo("hello");
                assertThat(says(late.frame(1), "delayed")).isTrue();
                assertThat(late.watch("a", "known-2").version(18).get("op").asText())
                        .isEqualTo("day");
                UnsteadyKafka.turn(kafka, "up");
                publisher.day(Days.day("known-2", 19));
                assertThat(late.version(19).get("op").asText()).isEqualTo("change");
                assertThat(late.frame("live", frame -> says(frame, "live")).isObject())
                        .isTrue();
            }
            assertThat(client.version(19).get("from").asInt()).isEqualTo(18);
            assertThat(client.frame("live", frame -> says(frame, "live")).isObject())
                    .isTrue();
            assertThat(client.frames().stream().filter(frame -> says(frame, "delayed")))
                    .hasSize(1);
        }
    }
}
