package io.lasttable.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lasttable.notify.world.Days;
import io.lasttable.notify.world.LiveClient;
import io.lasttable.notify.world.Neighbours;
import io.lasttable.notify.world.Publisher;
import io.lasttable.notify.world.UnsteadyKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients hear when Kafka changes or goes while the replica runs. */
@QuarkusTest
@TestProfile(KafkaTroubleTest.Impatient.class)
@QuarkusTestResource(UnsteadyKafka.class)
@QuarkusTestResource(Neighbours.class)
class KafkaTroubleTest {

    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "lasttable.feed.stalled-after", "PT2S",
                    "lasttable.feed.pause-after-failure", "PT0.2S",
                    "lasttable.feed.partition-check", "PT0.5S");
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
        publisher = new Publisher(bootstrapServers);
    }

    private static boolean says(JsonNode frame, String state) {
        return frame.path("op").asText().equals("feed")
                && frame.path("state").asText().equals(state);
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
