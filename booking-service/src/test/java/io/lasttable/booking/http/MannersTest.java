package io.lasttable.booking.http;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** HTTP as proxies and clients expect it (RFC 9110). */
@QuarkusTest
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(
                    key = "scope",
                    value =
                            "venues:write reservations:write reservations:read guests:erase webhooks:read webhooks:write"),
            @Claim(key = "venue_ids", value = "*")
        })
class MannersTest {

    private static final String GUEST = "{\"name\":\"Ada\",\"email\":\"manners@example.org\"}";

    @Test
    void optionsAndRefusedMethodsNameTheMethodsThatThereAre() {
        publish("manners-methods", "T1");
        for (var expected : List.of(
                List.of("/v1/venues", "GET, HEAD, OPTIONS"),
                List.of("/v1/venues/manners-methods", "DELETE, GET, HEAD, OPTIONS, PUT"),
                List.of("/v1/venues/manners-methods/reservations", "GET, HEAD, OPTIONS, POST"),
                List.of("/v1/venues/manners-methods/waitlist", "GET, HEAD, OPTIONS, POST"),
                List.of("/v1/reservations/" + UUID.randomUUID() + "/cancel", "OPTIONS, POST"))) {
            given().options(expected.get(0)).then().statusCode(204).header("Allow", equalTo(expected.get(1)));
            given().patch(expected.get(0))
                    .then()
                    .statusCode(405)
                    .header("Allow", equalTo(expected.get(1)))
                    .body("detail", containsString(expected.get(1)));
        }
        given().options("/v1/reservations/" + UUID.randomUUID())
                .then()
                .header("Allow", equalTo("GET, HEAD, OPTIONS, PATCH"))
                .header("Accept-Patch", equalTo("application/json, application/merge-patch+json"));
        given().options("/v1/nothing").then().statusCode(404);
        given().head("/v1/venues/manners-methods").then().statusCode(200);
    }

    @Test
    void whatIsReadAgainUnchangedIsNotSentAgain() {
        publish("manners-known", "T1");
        String reservation = "/v1/reservations/" + booked("manners-known", "19:00");
        for (String known : List.of("\"1\"", "W/\"1\"", "\"7\", \"1\"", "*")) {
            given().header("If-None-Match", known)
                    .get(reservation)
                    .then()
                    .statusCode(304)
                    .header("ETag", equalTo("\"1\""))
                    .body(equalTo(""));
            given().header("If-None-Match", known)
                    .get("/v1/venues/manners-known")
                    .then()
                    .statusCode(304);
        }
        given().header("If-None-Match", "\"2\"").get(reservation).then().statusCode(200);
    }

    @Test
    void whatHasLostItsPersonalDataIsSentAgainToWhoeverKeptIt() {
        publish("manners-erased", "T1");
        String reservation = "/v1/reservations/" + booked("manners-erased", "19:00");
        post("/v1/guests/erase", "{\"email\":\"manners@example.org\"}").then().statusCode(200);
        String erased = given().header("If-None-Match", "\"1\"")
                .get(reservation)
                .then()
                .statusCode(200)
                .body("guest.name", nullValue())
                .extract()
                .header("ETag");
        given().header("If-None-Match", erased).get(reservation).then().statusCode(304);
        patch(reservation, erased, "{\"partySize\":1}").statusCode(200);
    }

    @Test
    void ifMatchTakesListsAndWhateverThereIs() {
        publish("manners-lists", "T1");
        String venue = "/v1/venues/manners-lists";
        putVenue(venue, "\"7\", \"1\"").statusCode(200).header("ETag", equalTo("\"2\""));
        putVenue(venue, "*").statusCode(200).header("ETag", equalTo("\"3\""));
        putVenue(venue, "W/\"3\"").statusCode(412);
        putVenue(venue, "\"1\",\"2\"").statusCode(412);
        putVenue(venue, "3").statusCode(400);
        putVenue(venue, "\"1\",".repeat(1_500) + "\"3\"").statusCode(400);
        putVenue("/v1/venues/manners-lists-new", "*").statusCode(412);
        String reservation = "/v1/reservations/" + booked("manners-lists", "19:00");
        patch(reservation, "\"9\" , \"1\"", "{\"partySize\":1}").statusCode(200);
        patch(reservation, "\"9\",\"1\"", "{\"partySize\":2}").statusCode(412);
        patch(reservation, "*", "{\"partySize\":2}").statusCode(200);
    }

    @Test
    void aChangeWhoseAnswerWasLostIsRepeatedUnderItsKey() {
        publish("manners-patch", "T1");
        String reservation = "/v1/reservations/" + booked("manners-patch", "19:00");
        ValidatableResponse first = patchOnce(reservation, "{\"time\":\"21:00\",\"partySize\":1}");
        first.statusCode(200).header("Idempotency-Replayed", nullValue()).header("ETag", equalTo("\"2\""));
        patchOnce(reservation, "{ \"partySize\": 1, \"time\": \"21:00\" }")
                .statusCode(200)
                .header("Idempotency-Replayed", equalTo("true"))
                .body(equalTo(first.extract().asString()));
        patchOnce(reservation, "{\"time\":\"20:00\"}").statusCode(422);
    }

    @Test
    void theSameJsonInAnotherOrderIsTheSameRequest() {
        publish("manners-order", "T1", "T2");
        String id = book("manners-order", "k", bookingJson(DATE, "19:00", GUEST))
                .statusCode(201)
                .extract()
                .path("id");
        book(
                        "manners-order",
                        "k",
                        "{\"guest\":{\"email\":\"manners@example.org\",\"name\":\"Ada\"},\n \"partySize\":2,\"time\":\"19:00\",\"date\":\"%s\"}"
                                .formatted(DATE))
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
    }

    @Test
    void twoKeysAreAnError() {
        publish("manners-keys", "T1");
        json().headers(new Headers(new Header("Idempotency-Key", "a"), new Header("Idempotency-Key", "b")))
                .body(bookingJson(DATE, "19:00", GUEST))
                .post("/v1/venues/manners-keys/reservations")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/header/Idempotency-Key"));
    }

    @Test
    void theRequestsIdComesBackOrIsGiven() {
        given().header("X-Request-Id", "trace-7/a")
                .get("/v1/venues")
                .then()
                .header("X-Request-Id", equalTo("trace-7/a"));
        for (String path : List.of("/v1/venues", "/v1/nothing", "/v1;x/venues")) {
            String made =
                    given().header("X-Request-Id", "x\" forged=\"1").get(path).header("X-Request-Id");
            assertThat(made).matches("[0-9a-f-]{36}");
        }
    }

    @Test
    void eachAnswerSaysWhenItWasMadeAlsoToPagesOfOtherSites() {
        for (String path : List.of("/v1/venues", "/v1/nothing", "/v1;x/venues")) {
            Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            String said = given().get(path).header("Date");
            assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(said)))
                    .isBetween(before, Instant.now());
        }
        given().header("Origin", "https://chez-nous.example")
                .get("/v1/venues/no-such-venue")
                .then()
                .header("Access-Control-Expose-Headers", containsString("Date"));
    }

    @Test
    void wrongMediaTypesAreToldTheRightOnes() {
        publish("manners-types", "T1");
        String venue = "/v1/venues/manners-types";
        given().contentType("text/plain")
                .body("x")
                .post(venue + "/reservations/import")
                .then()
                .statusCode(415)
                .header("Accept", equalTo("text/csv"))
                .body("detail", containsString("text/csv"));
        given().contentType("application/json-patch+json")
                .header("If-Match", "*")
                .body("[]")
                .patch("/v1/reservations/" + UUID.randomUUID())
                .then()
                .statusCode(415)
                .body("detail", containsString("application/merge-patch+json"));
        given().accept("application/json")
                .get(venue + "/reservations.ics")
                .then()
                .statusCode(406)
                .body("detail", containsString("text/calendar"));
    }

    @Test
    void longListsAreCompressedForWhoAsks() {
        publish("manners-long", "T1");
        given().header("Accept-Encoding", "gzip").get("/v1/venues").then().header("Content-Encoding", equalTo("gzip"));
        String id = booked("manners-long", "19:00");
        given().header("Accept-Encoding", "gzip")
                .get("/v1/reservations/" + id)
                .then()
                .statusCode(200)
                .header("Content-Encoding", nullValue());
    }

    @Test
    void whatIsPersonalIsKeptByNobody() {
        publish("manners-kept", "T1");
        String id = booked("manners-kept", "19:00");
        for (String path : List.of(
                "/v1/reservations/" + id,
                "/v1/venues/manners-kept/reservations",
                "/v1/venues/manners-kept/reservations.ics")) {
            given().get(path).then().statusCode(200).header("Cache-Control", equalTo("no-store"));
        }
    }

    @Test
    void aProblemsTypeLeadsToAPage() {
        given().get("/problems/slot-taken")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .body(containsString("HTTP status 409"));
        given().header("Accept-Language", "de-CH, en;q=0.5")
                .get("/problems/slot-taken")
                .then()
                .header("Content-Language", equalTo("de"))
                .body(containsString("Der Tisch ist vergeben"));
        given().get("/problems/no-such-problem").then().statusCode(404);
    }

    @Test
    void aProblemIsToldInTheCallersLanguage() {
        publish("manners-words", "T1");
        String closed = bookingJson(DATE, "03:00", GUEST);
        json().header("Accept-Language", "fr-CA,fr;q=0.9,en;q=0.1")
                .body(closed)
                .post("/v1/venues/manners-words/reservations")
                .then()
                .statusCode(422)
                .header("Content-Language", equalTo("fr"))
                .body("title", equalTo("Cela ne peut pas être réservé"))
                .body(
                        "detail",
                        equalTo("On ne peut pas s’installer à cette heure. Choisissez l’une des heures proposées."))
                .body("reason", equalTo("no-such-slot"));
        for (String other : List.of("zz", ";;;", "*", "x".repeat(5_000))) {
            json().header("Accept-Language", other)
                    .body(closed)
                    .post("/v1/venues/manners-words/reservations")
                    .then()
                    .header("Content-Language", equalTo("en"))
                    .body("title", equalTo("This cannot be booked"));
        }
    }

    @Test
    void theDocumentAndAPageToTryItArePublic() {
        given().get("/v1/openapi/booking.yaml").then().statusCode(200).contentType(containsString("application/yaml"));
        for (String page : List.of("/v1/docs", "/v1/docs/", "/v1/docs/index.html")) {
            String policy = given().get(page)
                    .then()
                    .statusCode(200)
                    .contentType("text/html")
                    .body(containsString("swagger-ui"), not(containsString("<script>")))
                    .extract()
                    .header("Content-Security-Policy");
            assertThat(policy).contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
        }
        for (String file :
                List.of("start.js", "swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js")) {
            given().get("/v1/docs/" + file).then().statusCode(200).header("Content-Security-Policy", notNullValue());
        }
    }

    private static ValidatableResponse putVenue(String venue, String ifMatch) {
        return json().header("If-Match", ifMatch)
                .body(venueJson("T1"))
                .put(venue)
                .then();
    }

    private static ValidatableResponse patch(String reservation, String ifMatch, String body) {
        return given().contentType("application/merge-patch+json")
                .header("If-Match", ifMatch)
                .body(body)
                .patch(reservation)
                .then();
    }

    private static ValidatableResponse patchOnce(String reservation, String body) {
        return given().contentType("application/merge-patch+json")
                .header("If-Match", "\"1\"")
                .header("Idempotency-Key", "moved")
                .body(body)
                .patch(reservation)
                .then();
    }

    private static ValidatableResponse book(String venue, String key, String body) {
        return json().header("Idempotency-Key", key)
                .body(body)
                .post("/v1/venues/" + venue + "/reservations")
                .then();
    }

    private static String booked(String venue, String time) {
        return post("/v1/venues/" + venue + "/reservations", bookingJson(DATE, time, GUEST))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }
}
