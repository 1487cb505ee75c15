package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class HoldTest {

    private static final String GUEST = "{\"guest\":{\"name\":\"Ada\",\"email\":\"ada@example.org\"}}";

    @Test
    void aHoldKeepsItsTableUntilItIsConfirmed() {
        publish("hold-confirm", "T1");
        String id = hold("hold-confirm", 300)
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .header("ETag", equalTo("\"1\""))
                .body("status", equalTo("held"))
                .body("expiresAt", notNullValue())
                .body("guest", nullValue())
                .extract()
                .path("id");

        book("hold-confirm", "19:00")
                .then()
                .statusCode(409)
                .body("cause", equalTo("held"))
                .body("mayFreeUpAt", notNullValue());
        confirm(id, GUEST)
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("status", equalTo("confirmed"))
                .body("expiresAt", nullValue())
                .body("guest.email", equalTo("ada@example.org"));
        book("hold-confirm", "19:00").then().statusCode(409).body("cause", equalTo("table-taken"));
        confirm(id, GUEST)
                .statusCode(409)
                .body("type", equalTo("/problems/illegal-transition"))
                .body("legal", contains("cancelled", "no-show", "seated"));
    }

    @Test
    void aHoldThatRanOutFreesItsTableAndIsNews() {
        publish("hold-expiry", "T1");
        String id = hold("hold-expiry", 1).then().statusCode(201).extract().path("id");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> given().get("/v1/reservations/" + id).then().body("status", equalTo("expired")));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/venues/hold-expiry/changes")
                        .then()
                        .body("items.type", hasItem("io.lasttable.reservation.expired")));
        book("hold-expiry", "19:00").then().statusCode(201);
        confirm(id, GUEST)
                .statusCode(410)
                .body("type", equalTo("/problems/hold-expired"))
                .body("alternatives.time", hasItem("20:30"));
    }

    @Test
    void aHoldThatRanOutIsConfirmedWhileItsTableIsFree() {
        publish("hold-late", "T1");
        String id = hold("hold-late", 1).then().statusCode(201).extract().path("id");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> given().get("/v1/reservations/" + id).then().body("status", equalTo("expired")));

        confirm(id, GUEST).statusCode(200).body("status", equalTo("confirmed"));
        book("hold-late", "19:00").then().statusCode(409);
    }

    @Test
    void aHoldNeedsItsGuestToBeConfirmedAndTheVersionWhenOneIsNamed() {
        publish("hold-guest", "T1");
        String id = hold("hold-guest", 300).then().statusCode(201).extract().path("id");

        confirm(id, "{}").statusCode(400).body("errors[0].pointer", equalTo("/guest"));
        given().header("If-Match", "\"7\"")
                .contentType("application/json")
                .body(GUEST)
                .post("/v1/reservations/" + id + "/confirm")
                .then()
                .statusCode(412);
        given().post("/v1/reservations/" + id + "/cancel").then().statusCode(200);
        book("hold-guest", "19:00").then().statusCode(201);
    }

    @Test
    void theTimeToLiveHasBounds() {
        publish("hold-ttl", "T1");
        for (String ttl : new String[] {"0", "901", "-5", "1.5", "\"300\""}) {
            post("/v1/venues/hold-ttl/holds", body("19:00", ",\"ttlSeconds\":" + ttl))
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("/ttlSeconds"));
        }
        post("/v1/venues/hold-ttl/holds", body("19:00", ",\"guest\":{\"name\":\"Ada\"}"))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/guest"));
    }

    @Test
    void aLoserWhoAsksForItGetsTheFirstAlternativeHeld() {
        publish("hold-alternative", "T1");
        book("hold-alternative", "19:00").then().statusCode(201);

        String held = post(
                        "/v1/venues/hold-alternative/reservations",
                        body("19:00", ",\"guest\":{\"name\":\"Bo\"},\"holdAlternative\":true"))
                .then()
                .statusCode(409)
                .body("cause", equalTo("table-taken"))
                .body("alternatives[0].time", equalTo("20:30"))
                .body("waitlist.href", equalTo("/v1/venues/hold-alternative/waitlist"))
                .body("heldAlternative.status", equalTo("held"))
                .body("heldAlternative.time", equalTo("20:30"))
                .body("heldAlternative.expiresAt", notNullValue())
                .body("heldAlternative.watchToken", notNullValue())
                .extract()
                .path("heldAlternative.id");
        confirm(held, GUEST).statusCode(200).body("time", equalTo("20:30"));
    }

    @Test
    void whoAsksForAnAlternativeAgainWithTheSameKeyGetsTheSameOne() {
        publish("hold-again", "T1", "T2");
        book("hold-again", "19:00").then().statusCode(201);
        book("hold-again", "19:00").then().statusCode(201);

        assertThat(alternative("hold-again", "again")).isEqualTo(alternative("hold-again", "again"));
        assertThat(alternative("hold-again", "other")).isNotEqualTo(alternative("hold-again", "again"));
        given().get("/v1/venues/hold-again/reservations?status=held").then().body("items.size()", equalTo(2));
    }

    private static String alternative(String venue, String key) {
        return json().header("Idempotency-Key", key)
                .body(body("19:00", ",\"guest\":{\"name\":\"Bo\"},\"holdAlternative\":true"))
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(409)
                .body("heldAlternative.status", equalTo("held"))
                .extract()
                .path("heldAlternative.id");
    }

    private static Response hold(String venue, int ttlSeconds) {
        return post("/v1/venues/" + venue + "/holds", body("19:00", ",\"ttlSeconds\":" + ttlSeconds));
    }

    private static String body(String time, String more) {
        return "{\"date\":\"%s\",\"time\":\"%s\",\"partySize\":2%s}".formatted(DATE, time, more);
    }

    private static ValidatableResponse confirm(String id, String body) {
        return post("/v1/reservations/" + id + "/confirm", body).then();
    }
}
