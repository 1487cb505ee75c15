package io.lasttable.booking.problem;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.lasttable.booking.AsStaff;
import io.lasttable.booking.access.TokenKeys;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in is answered by a problem document that says what is wrong; nothing is a 500, nothing is half-written. */
@QuarkusTest
@AsStaff
class BadInputTest {

    private static final String BOOKINGS = "/v1/venues/harsh/reservations";
    private static boolean published;

    @TestHTTPResource
    URI service;

    @BeforeEach
    void publishOnce() {
        if (!published) {
            publish("harsh", "T1");
            published = true;
        }
    }

    static Stream<String> bodiesThatAreNoBooking() {
        String guest = "{\"name\":\"Ada\"}";
        return Stream.of(
                "",
                "   ",
                "null",
                "[]",
                "42",
                "\"text\"",
                "{",
                "{\"date\":",
                "\u0000",
                bookingJson(DATE, "19:00", guest) + " trailing",
                bookingJson(DATE, "19:00", guest) + bookingJson(DATE, "19:00", guest),
                bookingJson("2026-02-30", "19:00", guest),
                bookingJson("0000-00-00", "19:00", guest),
                bookingJson("+999999999-12-31", "19:00", guest),
                bookingJson(DATE, "24:00", guest),
                bookingJson(DATE, "19:00:00", guest),
                bookingJson(DATE, "٠٩:٠٠", guest),
                bookingJson(DATE, "19:00", "null"),
                bookingJson(DATE, "19:00", "[]"),
                bookingJson(DATE, "19:00", "\"Ada\""),
                bookingJson(DATE, "19:00", "{\"name\":\"\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"a\\u0000b\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"a\\u0007b\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"\\ud800\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"email\":7}"),
                bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"email\":\"not an address\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"phone\":\"call me\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"" + "x".repeat(900_000) + "\"}"),
                bookingJson(DATE, "19:00", guest).replace(":2,", ":0,"),
                bookingJson(DATE, "19:00", guest).replace(":2,", ":-2,"),
                bookingJson(DATE, "19:00", guest).replace(":2,", ":2.5,"),
                bookingJson(DATE, "19:00", guest).replace(":2,", ":1e400,"),
                bookingJson(DATE, "19:00", guest).replace(":2,", ":99999999999999999999,"),
                bookingJson(DATE, "19:00", guest).replace(":2,", ":\"2\","),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"tables\":[\"T1\\u0000\"],\"date\""),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"tables\":[\"T1\\ud800\"],\"date\""),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"tables\":[\"\\u200b\"],\"date\""),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"note\":\"\\udfff\",\"date\""),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"area\":\"a\\u0000\",\"date\""),
                bookingJson(DATE, "19:00", "{\"name\":\"\\ufffd\"}".replace("\\ufffd", "\ufffd")),
                bookingJson(DATE, "19:00", "{\"name\":\"\\u200b\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"\\u00a0\\u2060\\ufeff\\u3164\\u2800\\ufe0f\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"email\":\"Ada <ada>\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"phone\":\"+33 1\"}"),
                bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"phone\":\"555 0123\"}"),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"date\":\"2030-01-01\",\"date\""),
                bookingJson(DATE, "19:00", guest).replace("{\"date\"", "{\"status\":\"seated\",\"date\""),
                "[".repeat(2_000),
                "{\"guest\":".repeat(2_000));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("bodiesThatAreNoBooking")
    void aBodyThatIsNoBookingIsRefused(String body) {
        isProblem(post(BOOKINGS, body), 400, "validation-error");
        given().get("/v1/venues/harsh/changes?after=0").then().statusCode(200).body("cursor", equalTo("0"));
    }

    static Stream<Arguments> pathsThatLeadNowhere() {
        return Stream.of(
                Arguments.of("/v1/venues/nowhere", 404, "unknown-venue"),
                Arguments.of("/v1/venues/NOT%20AN%20ID", 404, "unknown-venue"),
                Arguments.of("/v1/venues/%00", 404, "unknown-venue"),
                Arguments.of("/v1/venues/'%3B%20drop%20table%20venue%3B--", 404, "unknown-venue"),
                Arguments.of("/v1/venues/" + "a".repeat(2_000), 404, "unknown-venue"),
                Arguments.of("/v1/reservations/not-a-uuid", 404, "unknown-reservation"),
                Arguments.of("/v1/reservations/00000000-0000-0000-0000-000000000000", 404, "unknown-reservation"),
                Arguments.of("/v1/reservations/1-1-1-1-1", 404, "unknown-reservation"),
                Arguments.of("/v1/nothing", 404, "not-found"),
                Arguments.of("/nothing", 404, "not-found"),
                Arguments.of("/v1/venues/harsh/nothing/at/all", 404, "not-found"),
                Arguments.of("/v1/venues?limit=0", 400, "validation-error"),
                Arguments.of("/v1/venues?limit=many", 400, "validation-error"),
                Arguments.of("/v1/venues?limit=99999999999", 400, "validation-error"),
                Arguments.of("/v1/venues?cursor=%00", 400, "validation-error"),
                Arguments.of("/v1/venues?fields=summary&limit=0", 400, "validation-error"),
                Arguments.of("/v1/venues?fields=summary&cursor=%00", 400, "validation-error"),
                Arguments.of("/v1/venues?cursor=%ED%A0%80", 400, "validation-error"),
                Arguments.of("/v1/venues/harsh/changes?after=%00", 400, "validation-error"),
                Arguments.of(BOOKINGS + "?dat=2026-11-28", 400, "validation-error"),
                Arguments.of(BOOKINGS + "?Date=2026-11-28", 400, "validation-error"),
                Arguments.of(BOOKINGS + "?date=2026-11-28&date=2026-11-29", 400, "validation-error"),
                Arguments.of(BOOKINGS + "?x", 400, "validation-error"),
                Arguments.of("/v1/venues?city=Paris", 400, "validation-error"),
                Arguments.of("/v1/venues/harsh?fields=name", 400, "validation-error"),
                Arguments.of("/v1/reservations/not-a-uuid?expand=guest", 400, "validation-error"));
    }

    @Test
    void aFilterWithATypoIsNamedWithThoseThatThereAre() {
        given().get(BOOKINGS + "?dat=2026-11-28&status=held,confirmed&status=seated&a~b=1")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/query/a~0b", "/query/dat"))
                .body("errors[1].detail", startsWith("is not known here; known are cursor, date, "));
        given().get(BOOKINGS + "?status=held,confirmed&status=seated").then().statusCode(200);
        isProblem(post(BOOKINGS + "?dry=run", "{}"), 400, "validation-error");
    }

    @Test
    void venuesTakeNoTextThatWouldComeBackAsAnother() {
        for (String odd : List.of("a\\u0000b", "\\ud800", "\\u200b", "\ufffd")) {
            String cuisine = venueJson("T1").replace("{\"name\"", "{\"cuisines\":[\"" + odd + "\"],\"name\"");
            isProblem(json().body(cuisine).put("/v1/venues/odd-texts"), 400, "validation-error");
            isProblem(json().body(venueJson(odd)).put("/v1/venues/odd-texts"), 400, "validation-error");
        }
    }

    @Test
    void aNameInAnyScriptAndANoteWithTheLineBreaksOfAFormAreTaken() {
        publish("scripts", "T1");
        String body = bookingJson(DATE, "19:00", "{\"name\":\"नमस्ते 👩‍🍳 \\u0645\\u0631\\u062d\\u0628\\u0627\"}")
                .replace("{\"date\"", "{\"note\":\"a\\r\\nb\",\"date\"");
        post("/v1/venues/scripts/reservations", body)
                .then()
                .statusCode(201)
                .body("guest.name", equalTo("नमस्ते 👩‍🍳 مرحبا"))
                .body("note", equalTo("a\nb"));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("pathsThatLeadNowhere")
    void aPathThatLeadsNowhereIsAProblem(String path, int status, String problem) {
        isProblem(given().urlEncodingEnabled(false).get(path), status, problem);
    }

    @Test
    void methodsAndMediaTypesAreSaidToBeWrong() {
        isProblem(json().body("{}").patch("/v1/venues/harsh"), 405, "method-not-allowed");
        isProblem(given().delete(BOOKINGS), 405, "method-not-allowed");
        isProblem(given().contentType("text/plain").body("hello").post(BOOKINGS), 415, "unsupported-media-type");
        isProblem(
                given().contentType("application/xml").body("<a/>").put("/v1/venues/harsh"),
                415,
                "unsupported-media-type");
        isProblem(given().accept("image/png").get("/v1/venues/harsh"), 406, "not-acceptable");
    }

    @Test
    void aBodyThatIsTooLargeIsSaidToBe() throws Exception {
        String large = bookingJson(DATE, "19:00", "{\"name\":\"" + "x".repeat(1_100_000) + "\"}");
        isProblem(post(BOOKINGS, large), 413, "too-large");
        String bearer = "Bearer " + TokenKeys.staff("reservations:write", "*");
        HttpRequest chunked = HttpRequest.newBuilder(service.resolve(BOOKINGS))
                .header("Authorization", bearer)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes())))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(chunked, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("/problems/too-large");
        HttpRequest patch = HttpRequest.newBuilder(
                        service.resolve("/v1/reservations/00000000-0000-4000-8000-000000000000"))
                .header("Authorization", bearer)
                .header("Content-Type", "application/merge-patch+json")
                .header("If-Match", "\"1\"")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large.getBytes())))
                .build();
        answer = HttpClient.newHttpClient().send(patch, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void sqlIsText() {
        String name = "Robert'); drop table reservation; -- \\\" %s ${x}";
        String body = bookingJson(
                DATE, "21:00", "{\"name\":\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
        publish("tables", "T1");
        post("/v1/venues/tables/reservations", body).then().statusCode(201).body("guest.name", equalTo(name));
    }

    @Test
    void ifMatchMustBeAnEtag() {
        for (String wrong : List.of("1", "\"x\"", "\"99999999999999999999\"")) {
            Response response =
                    json().header("If-Match", wrong).body(venueJson("T1")).put("/v1/venues/harsh");
            response.then().statusCode(anyOf(equalTo(400), equalTo(412)));
            isProblem(
                    response,
                    response.statusCode(),
                    response.statusCode() == 400 ? "validation-error" : "version-mismatch");
        }
    }

    private static void isProblem(Response response, int status, String problem) {
        response.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/" + problem))
                .body("status", equalTo(status));
        assertThat(response.asString()).doesNotContain("Exception").doesNotContain("\tat ");
    }
}
