package io.lasttable.booking.provision;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.lasttable.embedded.KafkaTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.core.ConditionFactory;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The drill: a database is recovered to an earlier moment under a Kafka that knows more. */
@QuarkusTest
@TestProfile(RestoredTest.ServersOfItsOwn.class)
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read guests:erase"),
            @Claim(key = "venue_ids", value = "*")
        })
class RestoredTest {

    /** Servers that nobody else needs when they are set back. */
    public static final class ServersOfItsOwn implements QuarkusTestProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(RestorableDatabase.class), new TestResourceEntry(KafkaTestResource.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    private static final String DAYS = "lasttable.days.v1";

    Consumer<String> server;

    @Inject
    Provision provision;

    @Inject
    Restored restored;

    @Inject
    Pool database;

    @Inject
    MeterRegistry metrics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void aDatabaseThatIsRestoredToAnEarlierMomentBecomesTheNewestAgain() {
        soon().ignoreExceptions().until(() -> {
            provision.run();
            return true;
        });
        publish("restored", "T1", "T2", "T3");
        String kept = booked("restored", "19:00");
        relayed();
        server.accept("backup");
        soon().until(() -> book("restored", "20:30").statusCode() == 201);
        relayed();
        server.accept("mark");
        long marked = watermarks();
        List<String> gone =
                List.of(booked("restored", "19:00"), booked("restored", "19:00"), booked("restored", "20:30"));
        json().post("/v1/reservations/" + kept + "/cancel").then().statusCode(200);
        String zoe = "{\"name\":\"Zoe\",\"email\":\"zoe@example.org\"}";
        post("/v1/venues/restored/reservations", bookingJson(DATE, "20:30", zoe))
                .then()
                .statusCode(201);
        post("/v1/guests/erase", "{\"email\":\"zoe@example.org\"}").then().body("guests", equalTo(1));
        publish("made-later", "T1");
        relayed();
        String cursor = changes("now").getString("cursor");
        Map<String, Long> told = last();

        soon().until(() -> watermarks() >= marked + 8); // all shards have told more, and Kafka knows of it
        server.accept("restore");

        soon().until(() -> book("restored", "21:30").statusCode() == 201);
        soon().until(() -> forked() == 4);
        assertThat(last()).as("nothing of an older database reaches readers").isEqualTo(told);

        Restored.Lost lost = restored.run();

        assertThat(lost.changes())
                .extracting(change -> change.getString("id"))
                .containsAll(gone)
                .contains(kept);
        assertThat(lost.venues()).extracting(venue -> venue.getString("name")).containsExactly("Chez Nous");
        Map<String, Long> after = last();
        told.forEach((day, version) -> {
            if (day.startsWith("restored/")) {
                assertThat(after.get(day)).as(day).isGreaterThan(version);
            }
        });
        assertThat(after).containsAllEntriesOf(versions());
        assertThat(json().get("/v1/venues/restored/changes?after=" + cursor).statusCode())
                .isEqualTo(410);
        soon().until(() -> forked() == 0);

        publish("made-later", "T1");
        assertThat(restored.run().venues()).isEmpty();
        Map<String, Long> again = last();
        assertThat(again.get("made-later/" + DATE)).isGreaterThan(told.get("made-later/" + DATE));
        assertThat(booked("restored", "19:00")).isNotEmpty();
        relayed();
        assertThat(last().get("restored/" + DATE)).isEqualTo(again.get("restored/" + DATE) + 1);
    }

    private long watermarks() {
        return database.query("select sum(told)::bigint from shard_lease")
                .executeAndAwait()
                .iterator()
                .next()
                .getLong(0);
    }

    private double forked() {
        return metrics.get("lasttable.outbox.shards.forked").gauge().value();
    }

    private JsonPath changes(String after) {
        return json().get("/v1/venues/restored/changes?after=" + after).jsonPath();
    }

    private void relayed() {
        soon().ignoreExceptions()
                .until(() -> database.query("select count(*) from outbox")
                                .executeAndAwait()
                                .iterator()
                                .next()
                                .getLong(0)
                        == 0);
    }

    private Map<String, Long> versions() {
        Map<String, Long> versions = new HashMap<>();
        for (Row row : database.query("select venue_id || '/' || date, version from day where not closed")
                .executeAndAwait()) {
            versions.put(row.getString(0), row.getLong(1));
        }
        return versions;
    }

    /** By day the version that stands last in Kafka. */
    private Map<String, Long> last() {
        Map<String, Long> last = new HashMap<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(DAYS).stream()
                    .map(partition -> new TopicPartition(DAYS, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> last.put(record.key(), new JsonObject(record.value()).getLong("version")));
            }
        }
        return last;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofMinutes(2));
    }
}
