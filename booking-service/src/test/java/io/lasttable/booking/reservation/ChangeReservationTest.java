package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.alwaysOpen;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.bookSoon;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookedSoon;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class ChangeReservationTest {

    private static final String NEXT_DATE = LocalDate.parse(DATE).plusDays(1).toString();

    @Test
    void aMoveNeedsTheVersionThatWasRead() {
        publish("move-version", "T1");
        String id = booked("move-version", "19:00");

        patch(id, null, "{\"time\":\"20:00\"}")
                .statusCode(428)
                .body("type", equalTo("/problems/precondition-required"));
        patch(id, "\"7\"", "{\"time\":\"20:00\"}").statusCode(412);
        patch(id, "W/\"1\"", "{\"time\":\"20:00\"}").statusCode(412);
        patch(id, "1", "{\"time\":\"20:00\"}").statusCode(400);
        patch(id, "\"1\"", "{\"time\":\"20:00\"}")
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("time", equalTo("20:00"))
                .body("guest.name", equalTo("Ada"));
        book("move-version", "18:30").then().statusCode(201);
    }

    @Test
    void aMoveThatLosesKeepsTheOldTable() {
        publish("move-loses", "T1");
        String id = booked("move-loses", "19:00");
        book("move-loses", "21:00").then().statusCode(201);

        patch(id, "\"1\"", "{\"time\":\"20:30\"}")
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"))
                .body("alternatives.time", hasItem("18:30"));
        given().get("/v1/reservations/" + id)
                .then()
                .body("time", equalTo("19:00"))
                .body("version", equalTo(1));
        book("move-loses", "19:00").then().statusCode(409);
    }

    @Test
    void aMoveToAnotherDateFreesTheOldOneAndTakesTheNew() {
        publish("move-date", "T1");
        String id = booked("move-date", "19:00");

        patch(id, "*", "{\"date\":\"" + NEXT_DATE + "\"}")
                .statusCode(200)
                .body("date", equalTo(NEXT_DATE))
                .body("dayVersion", equalTo(2));
        book("move-date", "19:00").then().statusCode(201).body("dayVersion", equalTo(4));
        post("/v1/venues/move-date/reservations", bookingJson(NEXT_DATE, "19:00", "{\"name\":\"Bo\"}"))
                .then()
                .statusCode(409);
        given().post("/v1/reservations/" + id + "/cancel").then().statusCode(200);
        post("/v1/venues/move-date/reservations", bookingJson(NEXT_DATE, "19:00", "{\"name\":\"Bo\"}"))
                .then()
                .statusCode(201);
    }

    @Test
    void oppositeMovesBetweenTwoDatesNeverDeadlock() throws Exception {
        publish("move-opposite", "T1", "T2", "T3", "T4");
        List<Callable<Integer>> moves = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String there = booked("move-opposite", i == 0 ? "18:30" : "20:30");
            String back = post(
                            "/v1/venues/move-opposite/reservations",
                            bookingJson(NEXT_DATE, i == 0 ? "18:30" : "20:30", "{\"name\":\"Bo\"}"))
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            moves.add(() -> backAndForth(there, NEXT_DATE, DATE));
            moves.add(() -> backAndForth(back, DATE, NEXT_DATE));
        }
        ExecutorService staff = Executors.newFixedThreadPool(moves.size());
        try {
            for (Future<Integer> moved : staff.invokeAll(moves)) {
                assertThat(moved.get()).isEqualTo(10);
            }
        } finally {
            staff.shutdown();
        }
    }

    private static int backAndForth(String id, String there, String back) {
        int moved = 0;
        for (int i = 0; i < 10; i++) {
            patch(id, "*", "{\"date\":\"" + (i % 2 == 0 ? there : back) + "\"}").statusCode(200);
            moved++;
        }
        return moved;
    }

    @Test
    void aMergePatchChangesWhatItNamesAndRemovesWhatIsNull() {
        publish("merge", "T1");
        String id = post(
                        "/v1/venues/merge/reservations",
                        "{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2,\"note\":\"window\",\"guest\":{\"name\":\"Ada\",\"email\":\"a@x.org\"}}"
                                .formatted(DATE))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        patch(id, "\"1\"", "{\"note\":null,\"guest\":{\"phone\":\"01 23 45 67 89\",\"email\":null}}")
                .statusCode(200)
                .body("note", nullValue())
                .body("guest.name", equalTo("Ada"))
                .body("guest.email", nullValue())
                .body("guest.phone", equalTo("+33123456789"))
                .body("status", equalTo("confirmed"));
        given().get("/v1/reservations/" + id).then().body("guest.phone", equalTo("+33123456789"));
        patch(id, "\"2\"", "{\"date\":null,\"status\":\"seated\"}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/date"))
                .body("errors.pointer", hasItem("/status"));
        patch(id, "\"2\"", "{\"partySize\":9}").statusCode(422).body("reason", equalTo("party-too-large"));
        patch(id, "\"2\"", "{\"guest\":{\"email\":\"not an address\",\"phone\":\"call me\"}}")
                .statusCode(400)
                .body("errors.pointer", hasItem("/guest/email"))
                .body("errors.pointer", hasItem("/guest/phone"));
        patch(id, "\"2\"", "[]").statusCode(400);
    }

    @Test
    void aPartyIsSeatedFinishedOrMissedAndWhatIsIllegalNamesWhatIsLegal() {
        publishAs("states", alwaysOpen("T1"));
        String id = bookedSoon("states");
        state(id, "finish").statusCode(409).body("legal", contains("cancelled", "no-show", "seated"));
        state(id, "seat").statusCode(200).body("status", equalTo("seated"));
        state(id, "no-show")
                .statusCode(409)
                .body("legal", contains("cancelled", "finished"))
                .body("status", equalTo(409))
                .body("currentStatus", equalTo("seated"));
        patch(id, "*", "{\"time\":\"20:00\"}").statusCode(409).body("type", equalTo("/problems/illegal-transition"));
        patch(id, "*", "{\"note\":\"birthday\"}").statusCode(200).body("status", equalTo("seated"));
        state(id, "finish").statusCode(200).body("status", equalTo("finished"));
        state(id, "cancel").statusCode(409).body("legal.size()", equalTo(0));
        String missed = bookedSoon("states");
        given().header("If-Match", "\"9\"")
                .post("/v1/reservations/" + missed + "/no-show")
                .then()
                .statusCode(412);
        given().header("If-Match", "\"1\"")
                .post("/v1/reservations/" + missed + "/no-show")
                .then()
                .statusCode(200)
                .body("status", equalTo("no-show"));
        bookSoon("states").then().statusCode(201);
    }

    @Test
    void staffMayChooseTheTables() {
        publish("choice", "T1", "T2", "T3");
        String chosen =
                "{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":4,\"guest\":{\"name\":\"Ada\"},\"tables\":[%s]}";

        post("/v1/venues/choice/reservations", chosen.formatted(DATE, "\"T2\",\"T3\""))
                .then()
                .statusCode(201)
                .body("tables", contains("T2", "T3"));
        post("/v1/venues/choice/reservations", chosen.formatted(DATE, "\"T2\""))
                .then()
                .statusCode(409);
        post("/v1/venues/choice/reservations", chosen.formatted(DATE, "\"T9\""))
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/tables"));
    }

    private static ValidatableResponse state(String id, String to) {
        return given().post("/v1/reservations/" + id + "/" + to).then();
    }

    private static ValidatableResponse patch(String id, String ifMatch, String body) {
        var request = given().contentType("application/merge-patch+json").body(body);
        if (ifMatch != null) {
            request = request.header("If-Match", ifMatch);
        }
        return request.patch("/v1/reservations/" + id).then();
    }
}
