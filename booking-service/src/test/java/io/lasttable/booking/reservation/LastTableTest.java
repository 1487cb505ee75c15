package io.lasttable.booking.reservation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class LastTableTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String DATE =
            LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3).toString();

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void theLastTableGoesToExactlyOneOf200Racers() throws Exception {
        publish("racers", "T1");
        List<Integer> statuses = new ArrayList<>();
        ExecutorService racers = Executors.newFixedThreadPool(50);
        try {
            List<Callable<Integer>> attempts = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                attempts.add(() -> book("racers", "19:00").statusCode());
            }
            for (Future<Integer> status : racers.invokeAll(attempts)) {
                statuses.add(status.get());
            }
        } finally {
            racers.shutdown();
        }
        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(199);
        book("racers", "19:00").then().statusCode(409).body("dayVersion", equalTo(2));
    }

    @Test
    void theLoserLearnsWhyAndWhatIsStillFree() {
        publish("loser", "T1");
        var won = book("loser", "19:00").then().statusCode(201).header("Location", containsString("/v1/reservations/"));
        won.body("status", equalTo("confirmed")).body("tables", equalTo(List.of("T1")));
        won.body("watchToken", notNullValue());
        book("loser", "19:30")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/slot-taken"))
                .body("cause", equalTo("table-taken"))
                .body("dayVersion", equalTo(2))
                .body("alternatives.time", hasItem("20:30"));
    }

    @Test
    void aCancelledTableIsFreeAtOnceAndOnlyCancelledOnce() {
        publish("cancel", "T1");
        String id = book("cancel", "19:00").then().statusCode(201).extract().path("id");
        cancel(id).statusCode(200).body("status", equalTo("cancelled"));
        cancel(id).statusCode(409).body("type", equalTo("/problems/illegal-transition"));
        book("cancel", "19:00").then().statusCode(201);
        given().get("/v1/reservations/" + id).then().statusCode(200).body("status", equalTo("cancelled"));
    }

    @Test
    void everyCommitReachesKafkaInVersionOrderAndFitsItsSchema() {
        publish("feed", "T1", "T2");
        book("feed", "19:00").then().statusCode(201);
        book("feed", "19:00").then().statusCode(201);
        List<JsonNode> days = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "test", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("lasttable.days.v1", "lasttable.reservations.v1", "lasttable.venues.v1"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    assertFitsItsSchema(record);
                    if (("feed/" + DATE).equals(record.key())) {
                        days.add(MAPPER.readTree(record.value()));
                    }
                }
                return days.size() == 3;
            });
        }
        assertThat(days).extracting(day -> day.get("version").asInt()).containsExactly(1, 2, 3);
        assertThat(left(days.get(0))).isEqualTo(2);
        assertThat(left(days.get(1))).isEqualTo(1);
        assertThat(left(days.get(2))).isZero();
    }

    @Test
    void whatCannotBeBookedSaysWhy() {
        publish("never", "T1");
        book("never", "03:00").then().statusCode(422).body("reason", equalTo("no-such-slot"));
        book("nowhere", "19:00").then().statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        post("never", "{\"date\":\"2026-02-30\",\"time\":\"25:00\",\"partySize\":-1,\"guest\":{},\"x\":1}")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/validation-error"))
                .body("errors.pointer", hasItem("/date"))
                .body("errors.pointer", hasItem("/partySize"))
                .body("errors.pointer", hasItem("/x"));
        post("never", "{not json").then().statusCode(400).body("type", equalTo("/problems/validation-error"));
    }

    @Test
    void theApiIsDescribed() {
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("paths.'/v1/venues/{venueId}/reservations'.post.operationId", equalTo("createReservation"));
    }

    @Test
    void replacingAVenueNeedsTheVersionThatWasRead() {
        publish("replaced", "T1");
        book("replaced", "19:00").then().statusCode(201);
        put("replaced", null, "T1").statusCode(428);
        put("replaced", "\"7\"", "T1").statusCode(412);
        put("replaced", "\"1\"", "T2").statusCode(409).body("reservations.size()", equalTo(1));
        put("replaced", "\"1\"", "T1", "T2").statusCode(200).header("ETag", equalTo("\"2\""));
    }

    private static int left(JsonNode day) {
        for (JsonNode slot : day.get("slots")) {
            if (slot.get("time").asText().equals("19:00")) {
                return slot.get("left").path("2").asInt(0);
            }
        }
        throw new AssertionError("no slot at 19:00 in " + day);
    }

    private static void assertFitsItsSchema(ConsumerRecord<String, String> record) throws Exception {
        if (record.value() == null) {
            return;
        }
        String type = new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8);
        String name = type.split("\\.")[2];
        Path schema = Path.of("contract", "schemas", name + ".v1.schema.json");
        var errors = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(schema))
                .validate(MAPPER.readTree(record.value()));
        assertThat(errors).as(record.value()).isEmpty();
        assertThat(record.headers().lastHeader("ce_id")).isNotNull();
    }

    private static void publish(String venue, String... tables) {
        var created = put(venue, null, tables).statusCode(201).header("ETag", equalTo("\"1\""));
        assertThat(created).isNotNull();
    }

    private static ValidatableResponse put(String venue, String ifMatch, String... tables) {
        var request = given().contentType(ContentType.JSON).body(venueJson(tables));
        if (ifMatch != null) {
            request = request.header("If-Match", ifMatch);
        }
        return request.put("/v1/venues/" + venue).then();
    }

    private static ValidatableResponse cancel(String id) {
        return given().post("/v1/reservations/" + id + "/cancel").then();
    }

    private static Response book(String venue, String time) {
        String body = "{\"date\":\"%s\",\"time\":\"%s\",\"partySize\":2,\"guest\":{\"name\":\"Ada\"}}";
        return post(venue, body.formatted(DATE, time));
    }

    private static Response post(String venue, String body) {
        return given().contentType(ContentType.JSON).body(body).post("/v1/venues/" + venue + "/reservations");
    }

    private static String venueJson(String... tables) {
        StringBuilder plan = new StringBuilder();
        for (String table : tables) {
            plan.append(plan.length() == 0 ? "" : ",")
                    .append("{\"id\":\"%s\",\"minCovers\":1,\"maxCovers\":2}".formatted(table));
        }
        return """
                {"name":"Chez Nous","timeZone":"Europe/Paris","tables":[%s],
                 "servicePeriods":[{"name":"dinner","days":["MON","TUE","WED","THU","FRI","SAT","SUN"],
                   "firstSeating":"18:30","lastSeating":"22:00","slotInterval":"PT30M",
                   "turnTimes":[{"upToPartySize":4,"duration":"PT1H30M"}]}],
                 "bookingWindow":{"maxDaysAhead":10,"minNotice":"PT0M"}}""".formatted(plan);
    }
}
