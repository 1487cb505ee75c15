package io.lasttable.booking.block;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Stop-sell as hosts live it, and as docs/booking-api.md tells it. */
@QuarkusTest
@AsStaff
class BlocksTest {

    private static final String EVENING = "{\"date\":\"%s\",\"from\":\"19:00\",\"until\":\"20:30\"}".formatted(DATE);

    @Inject
    Pool database;

    @Test
    void aBlockKeepsNewBookingsOutAndThoseWhoAreThereIn() {
        publish("block-story", "T1", "T2");
        String ada = booked("block-story", "19:00");
        put("block-story", "rush", EVENING.replace("}", ",\"reason\":\"the cook is ill\"}"))
                .statusCode(201)
                .body("blockId", equalTo("rush"))
                .body("firstDate", equalTo(DATE))
                .body("closes", equalTo("starts"))
                .body("reason", equalTo("the cook is ill"));
        book("block-story", "19:00")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"))
                .body("cause", equalTo("blocked"))
                .body("alternatives.time", not(empty()))
                .body("waitlist.href", equalTo("/v1/venues/block-story/waitlist"))
                .body("reason", nullValue());
        book("block-story", "20:30").then().statusCode(201);
        patch(ada, "{\"partySize\":1}").statusCode(200);
        patch(ada, "{\"time\":\"19:30\"}").statusCode(409).body("cause", equalTo("blocked"));
        post("/v1/reservations/" + ada + "/cancel", "").then().statusCode(200);
        book("block-story", "19:00").then().statusCode(409);
        given().delete("/v1/venues/block-story/blocks/rush").then().statusCode(204);
        book("block-story", "19:00").then().statusCode(201);
        given().delete("/v1/venues/block-story/blocks/rush")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-block"));
    }

    @Test
    void theDayIsToldAnewAtOnceAndNotTwiceForTheSame() {
        publish("block-version", "T1");
        put("block-version", "b", EVENING).statusCode(201);
        assertThat(version("block-version", DATE)).isEqualTo(2);
        put("block-version", "b", EVENING).statusCode(200);
        assertThat(version("block-version", DATE)).isEqualTo(2);
        put("block-version", "b", EVENING.replace("}", ",\"reason\":\"why\"}")).statusCode(200);
        assertThat(version("block-version", DATE))
                .as("a reason is nothing to everybody")
                .isEqualTo(2);
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        put("block-version", "b", EVENING.replace("\"date\":\"" + DATE + "\"", dates(DATE, next)))
                .statusCode(200);
        assertThat(version("block-version", DATE)).isEqualTo(2);
        assertThat(version("block-version", next)).isEqualTo(2);
        given().delete("/v1/venues/block-version/blocks/b").then().statusCode(204);
        assertThat(version("block-version", DATE)).isEqualTo(3);
        assertThat(version("block-version", next)).isEqualTo(3);
    }

    @Test
    void aDryRunAnswersAndChangesNothing() {
        publish("block-dry", "T1");
        json().body(EVENING)
                .put("/v1/venues/block-dry/blocks/b?validate=only")
                .then()
                .statusCode(200)
                .body("from", equalTo("19:00"));
        assertThat(version("block-dry", DATE)).isEqualTo(1);
        given().get("/v1/venues/block-dry/blocks/b").then().statusCode(404);
        json().body(EVENING.replace("}", ",\"area\":\"moon\"}"))
                .put("/v1/venues/block-dry/blocks/b?validate=only")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/area"));
    }

    @Test
    void whatABlockHeldBackIsOfferedToTheLineBeforeAnybodyElse() {
        publish("block-line", "T1");
        put("block-line", "b", EVENING).statusCode(201);
        String waiting = post(
                        "/v1/venues/block-line/waitlist",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Ada\"}}"
                                .formatted(DATE))
                .then()
                .statusCode(201)
                .body("status", equalTo("waiting"))
                .extract()
                .path("id");
        given().delete("/v1/venues/block-line/blocks/b").then().statusCode(204);
        book("block-line", "19:00").then().statusCode(409).body("cause", equalTo("held"));
        given().get("/v1/waitlist/" + waiting).then().body("status", equalTo("offered"));
    }

    @Test
    void aBlockLastsThroughNewVersionsOfTheVenueAndForDatesThatAreYetToOpen() {
        publishAs("block-lasting", venueJson("T1").replace("\"maxDaysAhead\":10", "\"maxDaysAhead\":1"));
        put("block-lasting", "b", EVENING).statusCode(201);
        json().header("If-Match", "\"1\"")
                .body(venueJson("T1", "T2"))
                .put("/v1/venues/block-lasting")
                .then()
                .statusCode(200);
        book("block-lasting", "19:30").then().statusCode(409).body("cause", equalTo("blocked"));
        book("block-lasting", "21:00").then().statusCode(201);
    }

    @Test
    void blocksAreFoundByTheirDatesAPageAtATime() {
        publish("block-list", "T1");
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        put("block-list", "a", EVENING).statusCode(201);
        put("block-list", "b", "{%s,\"tables\":[\"T1\"],\"closes\":\"stays\"}".formatted(dates(DATE, next)))
                .statusCode(201);
        put("block-list", "c", EVENING.replace(DATE, next)).statusCode(201);
        list("block-list", "?from=" + next + "&to=" + next).body("items.blockId", contains("b", "c"));
        list("block-list", "?limit=2").body("items.blockId", contains("a", "b")).body("cursor", equalTo("b"));
        list("block-list", "?limit=2&cursor=b")
                .body("items.blockId", contains("c"))
                .body("cursor", nullValue());
        given().get("/v1/venues/block-list/blocks/b")
                .then()
                .statusCode(200)
                .body("tables", contains("T1"))
                .body("from", nullValue())
                .body("closes", equalTo("stays"));
    }

    @Test
    void everyMistakeOfABlockIsNamed() {
        publish("block-wrong", "T1");
        put(
                        "block-wrong",
                        "b",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"closes\":\"all\",\"until\":\"19:00\"}".formatted(DATE))
                .statusCode(400)
                .body("errors.pointer", contains("/until", "/closes"));
        put("block-wrong", "b", "{" + dates(DATE, "2020-01-01") + "}")
                .statusCode(400)
                .body("errors.pointer", contains("/lastDate"));
        put("block-wrong", "b", "{}").statusCode(400).body("errors.pointer", contains("/firstDate", "/lastDate"));
        put("block-wrong", "b", EVENING.replace("}", ",\"tables\":[\"T9\"]}"))
                .statusCode(400)
                .body("errors.pointer", contains("/tables/0"));
        put("no-such-venue", "b", EVENING).statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        list("no-such-venue", "").statusCode(404);
    }

    private static String dates(String first, String last) {
        return "\"firstDate\":\"%s\",\"lastDate\":\"%s\"".formatted(first, last);
    }

    private static ValidatableResponse put(String venue, String id, String body) {
        return json().body(body).put("/v1/venues/" + venue + "/blocks/" + id).then();
    }

    private static ValidatableResponse list(String venue, String query) {
        return given().get("/v1/venues/" + venue + "/blocks" + query).then();
    }

    private static ValidatableResponse patch(String id, String body) {
        return json().header("If-Match", "*")
                .body(body)
                .patch("/v1/reservations/" + id)
                .then();
    }

    private long version(String venue, String date) {
        return database.preparedQuery("select version from day where venue_id = $1 and date = $2")
                .execute(Tuple.of(venue, LocalDate.parse(date)))
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getLong(0);
    }
}
