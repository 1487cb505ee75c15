package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.alwaysOpen;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class StaffTest {

    @Test
    void whoWalksInIsSeatedAtOnceAtTheMinuteOfTheDoor() {
        String always = alwaysOpen("T1", "T2");
        given().contentType("application/json")
                .body(always)
                .put("/v1/venues/door")
                .then()
                .statusCode(201);

        ExtractableResponse<Response> seated = post(
                        "/v1/venues/door/reservations", "{\"partySize\":2,\"channel\":\"walk-in\",\"tables\":[\"T2\"]}")
                .then()
                .statusCode(201)
                .body("status", equalTo("seated"))
                .body("channel", equalTo("walk-in"))
                .body("tables", equalTo(List.of("T2")))
                .body("guest", nullValue())
                .extract();
        assertThat(Instant.parse(seated.path("startsAt")))
                .isBetween(Instant.now().minusSeconds(120), Instant.now());
        given().post("/v1/reservations/" + seated.path("id") + "/finish").then().statusCode(200);
        post("/v1/venues/door/reservations", "{\"partySize\":2}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/date"))
                .body("errors.pointer", hasItem("/guest"));
        post(
                        "/v1/venues/door/holds",
                        "{\"date\":\"" + DATE + "\",\"time\":\"19:00\",\"partySize\":2,\"channel\":\"walk-in\"}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/channel"));
    }

    @Test
    void pagesNeitherRepeatNorHideWhatWasThereWhileOthersBook() {
        publish("pages", "T1", "T2", "T3", "T4", "T5");
        List<String> there = new ArrayList<>();
        for (String time : List.of("21:00", "18:30", "20:00", "19:00", "22:00")) {
            there.add(booked("pages", time));
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            ExtractableResponse<Response> page = given().queryParam("limit", 2)
                    .queryParam("cursor", cursor)
                    .get("/v1/venues/pages/reservations?date=" + DATE)
                    .then()
                    .statusCode(200)
                    .extract();
            seen.addAll(page.path("items.id"));
            cursor = page.path("cursor");
            if (seen.size() == 2) {
                there.add(booked("pages", "20:30"));
                assertThat(booked("pages", "18:30")).isNotIn(seen);
            }
        }
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void aListIsFilteredByStatusAndRefusesWhatItDoesNotKnow() {
        publish("filtered", "T1");
        String id = booked("filtered", "19:00");
        given().post("/v1/reservations/" + id + "/cancel").then().statusCode(200);
        String other = booked("filtered", "20:30");

        given().get("/v1/venues/filtered/reservations?status=cancelled,no-show")
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(id)))
                .body("cursor", nullValue());
        given().get("/v1/venues/filtered/reservations?status=confirmed&status=held")
                .then()
                .body("items.id", equalTo(List.of(other)));
        given().get("/v1/venues/filtered/reservations?date=2026-02-30&status=eaten&cursor=x&limit=5")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/query/date", "/query/status", "/query/cursor")));
        given().get("/v1/venues/filtered/reservations?limit=201")
                .then()
                .statusCode(400)
                .body("errors.pointer", equalTo(List.of("/query/limit")));
        given().get("/v1/venues/nobody-knows/reservations")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-venue"));
    }

    @Test
    void aWatchTokenShowsItsReservationWithoutPersonalData() {
        publish("token", "T1");
        ExtractableResponse<Response> mine =
                book("token", "19:00").then().statusCode(201).extract();
        String token = mine.path("watchToken");
        String other = booked("token", "20:30");

        given().header("Lasttable-Watch-Token", token)
                .get("/v1/reservations/" + mine.path("id"))
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"1\""))
                .body("status", equalTo("confirmed"))
                .body("guestRef", notNullValue())
                .body(not(containsString("Ada")));
        given().header("Lasttable-Watch-Token", token)
                .get("/v1/reservations/" + other)
                .then()
                .statusCode(404);
        given().header("Lasttable-Watch-Token", "a.b.c")
                .get("/v1/reservations/" + mine.path("id"))
                .then()
                .statusCode(401)
                .body("type", equalTo("/problems/unauthorized"));
    }
}
