package io.lasttable.booking.venue;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** A venue that closes for good. */
@QuarkusTest
@AsStaff
class DeleteVenueTest {

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Inject
    Pool database;

    @Test
    void whoIsToComeKeepsItOpenAndAHoldDoesNot() {
        publish("gone", "T1");
        String ada = booked("gone", "19:00");
        delete("gone")
                .statusCode(409)
                .body("type", equalTo("/problems/venue-has-reservations"))
                .body("reservations.id", contains(ada));
        String waiting = join("gone");
        post("/v1/reservations/" + ada + "/cancel", "").then().statusCode(200);
        given().get("/v1/waitlist/" + waiting).then().body("status", equalTo("offered"));

        delete("gone").statusCode(204);

        given().get("/v1/waitlist/" + waiting).then().body("status", equalTo("expired"));
        given().get("/v1/venues/gone").then().statusCode(404);
        book("gone", "19:00").then().statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        delete("gone").statusCode(404);
        given().get("/v1/reservations/" + ada)
                .then()
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("guest.name", nullValue());
    }

    @Test
    void itLeavesKafkaAfterALastStateThatHasNothingLeft() {
        publish("gone-told", "T1");
        delete("gone-told").statusCode(204);
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(values("lasttable.venues.v1", "gone-told"))
                    .hasSize(2)
                    .last()
                    .isNull();
            List<String> day = values("lasttable.days.v1", "gone-told/" + DATE);
            assertThat(day).hasSize(3).last().isNull();
            assertThat(day.get(1)).contains("\"version\":2").endsWith("\"slots\":[]}");
        });
    }

    @Test
    void datesThatAreOverAndWereNotClosedLeaveKafkaToo() {
        publish("gone-late", "T1");
        var added = database.query(
                        "insert into day (venue_id, date, version, closed) values ('gone-late', '2020-02-02', 3, false)")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10));
        assertThat(added.rowCount()).isEqualTo(1);
        delete("gone-late").statusCode(204);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(values("lasttable.days.v1", "gone-late/2020-02-02"))
                        .hasSize(1)
                        .last()
                        .isNull());
    }

    @Test
    void oneThatIsMadeUnderItsIdAgainGoesOnFromItsVersions() {
        publish("gone-again", "T1");
        json().body("{\"date\":\"%s\"}".formatted(DATE))
                .put("/v1/venues/gone-again/blocks/all")
                .then()
                .statusCode(201);
        given().header("If-Match", "\"7\"")
                .delete("/v1/venues/gone-again")
                .then()
                .statusCode(412);
        given().header("If-Match", "\"1\"")
                .delete("/v1/venues/gone-again")
                .then()
                .statusCode(204);
        json().body(venueJson("T1"))
                .put("/v1/venues/gone-again")
                .then()
                .statusCode(201)
                .header("ETag", equalTo("\"2\""));
        book("gone-again", "19:00").then().statusCode(201).body("dayVersion", equalTo(5));
        given().get("/v1/venues/gone-again/blocks/all").then().statusCode(404);
    }

    private static ValidatableResponse delete(String venue) {
        return given().delete("/v1/venues/" + venue).then();
    }

    private static String join(String venue) {
        return post(
                        "/v1/venues/" + venue + "/waitlist",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Bo\"}}"
                                .formatted(DATE))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** All records of a key, oldest first. */
    private List<String> values(String topic, String key) {
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(key)) {
                        values.add(record.value());
                    }
                });
            }
        }
        return values;
    }
}
