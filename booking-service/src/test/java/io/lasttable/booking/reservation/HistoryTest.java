package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.alwaysOpen;
import static io.lasttable.booking.BookingWorld.bookedSoon;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who did what to a reservation, from the time that it was made. */
@QuarkusTest
@TestSecurity(user = "maitre")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read guests:erase"),
            @Claim(key = "venue_ids", value = "*")
        })
class HistoryTest {

    private static final String ADA = "{\"name\":\"Adamantia\",\"email\":\"adamantia@example.org\"}";

    @Test
    void everyChangeSaysWhenByWhomAndWhatWasOtherwise() {
        publishAs("history", alwaysOpen("T1"));
        String id = bookedSoon("history");
        patch(id, "{\"partySize\":1,\"note\":\"by the door\"}");
        patch(id, "{}");
        post("/v1/reservations/" + id + "/seat", "").then().statusCode(200);
        post("/v1/reservations/" + id + "/restore", "").then().statusCode(200);
        post("/v1/reservations/" + id + "/cancel", "").then().statusCode(200);

        ValidatableResponse history = history(id)
                .body("items.kind", contains("confirmed", "changed", "seated", "restored", "cancelled"))
                .body("items.cause", contains("booked", "changed", "seated", "restored", "cancelled"))
                .body("items.version", contains(1, 2, 3, 4, 5))
                .body("items.actor.kind", everyItem(equalTo("staff")))
                .body("items.actor.id", everyItem(equalTo("maitre")))
                .body("items[0].previous", nullValue())
                .body("items[1].previous.partySize", equalTo(2))
                .body("items[1].previous.personal", contains("note"))
                .body("items[2].previous.status", equalTo("confirmed"))
                .body("items[3].previous.status", equalTo("seated"))
                .body("cursor", nullValue());
        List<Instant> times = history.extract().jsonPath().getList("items.at", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertThat(times).isSorted();
        given().get("/v1/reservations/" + id)
                .then()
                .body("createdAt", equalTo(times.get(0).toString()))
                .body("statusTimes.confirmed", equalTo(times.get(0).toString()))
                .body("statusTimes.cancelled", equalTo(times.get(4).toString()))
                .body("statusTimes.seated", nullValue());
    }

    @Test
    void whatHasLedToAReservationIsTold() {
        publish("causes", "T1", "T2");
        String hold = post("/v1/venues/causes/holds", wish("18:30", ""))
                .then()
                .extract()
                .path("id");
        post("/v1/reservations/" + hold + "/confirm", "{\"guest\":{\"name\":\"Ada\"}}")
                .then()
                .statusCode(200);
        history(hold)
                .body("items.cause", contains("held", "hold-confirmed"))
                .body("items[1].previous.status", equalTo("held"))
                .body("items[1].previous.personal", contains("guest"));

        given().contentType("text/csv")
                .body("date,time,partySize,name,externalId\n" + DATE + ",21:00,2,Bo,old-1\n")
                .post("/v1/venues/causes/reservations/import")
                .then()
                .statusCode(200);
        String imported =
                given().get("/v1/venues/causes/reservations?externalId=old-1").path("items[0].id");
        history(imported).body("items.cause", contains("imported"));

        publishAs("causes-now", alwaysOpen("T1"));
        String walkIn = post("/v1/venues/causes-now/reservations", "{\"partySize\":2,\"channel\":\"walk-in\"}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        history(walkIn).body("items.kind", contains("seated")).body("items.cause", contains("walk-in"));
    }

    @Test
    void whatTimeAndTheLineDoIsTheSystems() {
        publish("by-itself", "T1");
        String hold = post("/v1/venues/by-itself/holds", wish("20:00", ",\"ttlSeconds\":1"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String entry = post(
                        "/v1/venues/by-itself/waitlist",
                        "{\"date\":\"%s\",\"from\":\"20:00\",\"to\":\"20:00\",\"partySize\":2,\"guest\":%s}"
                                .formatted(DATE, ADA))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String offered = await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/v1/waitlist/" + entry).path("offer.reservationId"), id -> id != null);
        history(hold)
                .body("items.kind", contains("held", "expired"))
                .body("items.actor.kind", contains("staff", "system"))
                .body("items[1].actor.id", nullValue())
                .body("items[1].cause", equalTo("expired"));
        post("/v1/waitlist/" + entry + "/accept", "").then().statusCode(200);
        history(offered)
                .body("items.cause", contains("offered", "offer-accepted"))
                .body("items.actor.kind", contains("system", "staff"));
    }

    @Test
    void anErasureLeavesTheHistoryAndNothingInItIsOfAGuest() {
        publish("erased-history", "T1");
        String id = post("/v1/venues/erased-history/reservations", bookingJson(DATE, "19:00", ADA))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        patch(id, "{\"note\":\"Adamantia likes tea\"}");
        patch(id, "{\"note\":null,\"guest\":{\"name\":\"Adamantia II\"}}");
        String before = history(id).extract().asString();
        assertThat(before).doesNotContainIgnoringCase("adamantia").doesNotContain("tea");
        post("/v1/guests/erase", "{\"email\":\"adamantia@example.org\"}").then().statusCode(200);
        assertThat(history(id).extract().asString()).isEqualTo(before);
    }

    @Test
    void aLongHistoryComesInPages() {
        publish("pages-of-history", "T1");
        String id = post("/v1/venues/pages-of-history/reservations", bookingJson(DATE, "19:00", ADA))
                .then()
                .extract()
                .path("id");
        for (int size : new int[] {1, 2, 1, 2}) {
            patch(id, "{\"partySize\":" + size + "}");
        }
        String first = given().get("/v1/reservations/" + id + "/history?limit=3")
                .then()
                .body("items.version", contains(1, 2, 3))
                .extract()
                .path("cursor");
        given().get("/v1/reservations/" + id + "/history?limit=3&cursor=" + first)
                .then()
                .body("items.version", contains(4, 5))
                .body("cursor", nullValue());
        given().get("/v1/reservations/" + id + "/history?cursor=x").then().statusCode(400);
        history(id).body("items", hasSize(5));
    }

    private static String wish(String time, String more) {
        return "{\"date\":\"%s\",\"time\":\"%s\",\"partySize\":2%s}".formatted(DATE, time, more);
    }

    private static void patch(String id, String patch) {
        json().header("If-Match", "*")
                .body(patch)
                .patch("/v1/reservations/" + id)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse history(String id) {
        return given().get("/v1/reservations/" + id + "/history").then().statusCode(200);
    }
}
