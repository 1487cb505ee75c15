package io.lasttable.booking.waitlist;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class WaitlistTest {

    @Test
    void theFirstInLineIsOfferedWhatACancellationFrees() {
        publish("line", "T1");
        String dinner = booked("line", "19:00");
        String first = joined("line", "18:30", "19:30", "Ada");
        String second = joined("line", "19:00", "19:00", "Bo");
        entry(first).body("status", equalTo("waiting")).header("ETag", equalTo("\"1\""));

        given().post("/v1/reservations/" + dinner + "/cancel").then().statusCode(200);

        String hold = entry(first)
                .body("status", equalTo("offered"))
                .body("offer.time", equalTo("18:30"))
                .body("offer.expiresAt", notNullValue())
                .body("guest.name", equalTo("Ada"))
                .header("ETag", equalTo("\"2\""))
                .extract()
                .path("offer.reservationId");
        entry(second).body("status", equalTo("waiting"));
        book("line", "19:00").then().statusCode(409).body("cause", equalTo("held"));
        accept(first)
                .statusCode(200)
                .body("id", equalTo(hold))
                .body("status", equalTo("confirmed"))
                .body("guest.name", equalTo("Ada"));
        entry(first).body("status", equalTo("accepted")).body("offer", nullValue());
        accept(first).statusCode(409).body("type", equalTo("/problems/illegal-transition"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/venues/line/changes")
                        .then()
                        .body(
                                "items.type",
                                hasItems(
                                        "io.lasttable.waitlist.joined",
                                        "io.lasttable.waitlist.offered",
                                        "io.lasttable.waitlist.accepted")));
    }

    @Test
    void whoDeclinesPassesTheTableOn() {
        publish("decline", "T1");
        String dinner = booked("decline", "19:00");
        String first = joined("decline", "19:00", "19:00", "Ada");
        String second = joined("decline", "19:00", "19:00", "Bo");
        String third = joined("decline", "19:00", "19:00", "Cy");
        given().post("/v1/reservations/" + dinner + "/cancel").then().statusCode(200);

        leave(first).statusCode(200).body("status", equalTo("declined"));
        entry(second).body("status", equalTo("offered"));
        leave(third).statusCode(200).body("status", equalTo("withdrawn"));
        leave(third).statusCode(200).body("status", equalTo("withdrawn"));
        String hold = entry(second).extract().path("offer.reservationId");
        given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body("{\"time\":\"20:00\"}")
                .patch("/v1/reservations/" + hold)
                .then()
                .statusCode(409)
                .body("waitlistEntry", equalTo(second));
        given().post("/v1/reservations/" + hold + "/cancel").then().statusCode(200);
        entry(second).body("status", equalTo("declined"));
        book("decline", "19:00").then().statusCode(201);
    }

    @Test
    void aTableThatANewScheduleBringsIsOfferedToWhoWaits() {
        publish("bigger", "T1");
        book("bigger", "19:00").then().statusCode(201);
        String waiting = joined("bigger", "19:00", "19:00", "Ada");
        given().contentType("application/json")
                .header("If-Match", "\"1\"")
                .body(venueJson("T1", "T2"))
                .put("/v1/venues/bigger")
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> entry(waiting).body("status", equalTo("offered")));
    }

    @Test
    void aTableThatIsFreeIsOfferedAtOnce() {
        publish("at-once", "T1");
        join("at-once", "19:00", "21:00", "Ada")
                .statusCode(201)
                .header("Location", containsString("/v1/waitlist/"))
                .header("ETag", equalTo("\"2\""))
                .body("status", equalTo("offered"))
                .body("offer.time", equalTo("19:00"))
                .body("watchToken", notNullValue());
    }

    @Test
    void noTableIsOfferedTwiceHoweverManyWaitAndCancel() throws Exception {
        publish("rush", "T1", "T2", "T3", "T4");
        List<String> dinners = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            dinners.add(booked("rush", "19:00"));
        }
        List<String> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(joined("rush", "19:00", "19:00", "Guest " + i));
        }
        List<Callable<Integer>> rush = new ArrayList<>();
        dinners.forEach(id -> rush.add(() -> given().post("/v1/reservations/" + id + "/cancel")
                .then()
                .extract()
                .statusCode()));
        for (int i = 0; i < 12; i++) {
            rush.add(() -> book("rush", "19:00").statusCode());
        }
        ExecutorService people = Executors.newFixedThreadPool(8);
        int booked = 0;
        try {
            for (Future<Integer> status : people.invokeAll(rush)) {
                booked += status.get() == 201 ? 1 : 0;
            }
        } finally {
            people.shutdown();
        }
        assertThat(booked)
                .as("who asks later gets nothing that frees up for those in line")
                .isZero();
        for (int i = 0; i < 8; i++) {
            entry(waiting.get(i)).body("status", equalTo(i < 4 ? "offered" : "waiting"));
        }
    }

    @Test
    void whatCannotBeWaitedForSaysWhy() {
        publish("no-wait", "T1");
        join("no-wait", "03:00", "04:00", "Ada").statusCode(422).body("reason", equalTo("no-such-slot"));
        post("/v1/venues/no-wait/waitlist", "{\"date\":\"2026-13-01\",\"from\":\"x\",\"partySize\":0,\"y\":1}")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItems("/date", "/from", "/to", "/partySize", "/guest", "/y"));
        given().get("/v1/waitlist/nonsense")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-waitlist-entry"));
        given().post("/v1/waitlist/8f8b1f3e-6f0c-4a55-8b6e-111111111111/accept")
                .then()
                .statusCode(404);
        String id = joined("no-wait", "19:00", "19:00", "Ada");
        accept(id).statusCode(200);
        leave(id).statusCode(409);
    }

    @Test
    void aWatchTokenShowsTheEntryWithoutPersonalData() {
        publish("watched", "T1");
        var mine = join("watched", "19:00", "19:00", "Ada").statusCode(201).extract();
        String token = mine.path("watchToken");
        String other = join("watched", "21:00", "21:00", "Bo").extract().path("id");

        given().header("Lasttable-Watch-Token", token)
                .get("/v1/waitlist/" + mine.path("id"))
                .then()
                .statusCode(200)
                .body("guestRef", notNullValue())
                .body("guest", nullValue())
                .body(not(containsString("Ada")));
        given().header("Lasttable-Watch-Token", token)
                .get("/v1/waitlist/" + other)
                .then()
                .statusCode(404);
        given().header("Lasttable-Watch-Token", token + "x")
                .get("/v1/waitlist/" + mine.path("id"))
                .then()
                .statusCode(401);
    }

    private static String joined(String venue, String from, String to, String name) {
        return join(venue, from, to, name).statusCode(201).extract().path("id");
    }

    private static ValidatableResponse join(String venue, String from, String to, String name) {
        String body = "{\"date\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"partySize\":2,\"guest\":{\"name\":\"%s\"}}";
        return post("/v1/venues/" + venue + "/waitlist", body.formatted(DATE, from, to, name))
                .then();
    }

    private static ValidatableResponse entry(String id) {
        return given().get("/v1/waitlist/" + id).then().statusCode(200);
    }

    private static ValidatableResponse accept(String id) {
        return given().post("/v1/waitlist/" + id + "/accept").then();
    }

    private static ValidatableResponse leave(String id) {
        return given().delete("/v1/waitlist/" + id).then();
    }
}
