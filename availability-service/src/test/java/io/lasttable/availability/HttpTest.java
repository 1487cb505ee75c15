package io.lasttable.availability;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.lasttable.availability.world.Publisher;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser, a cache and a clumsy client meet. */
@QuarkusTest
class HttpTest {

    private static final String DAY = "/v1/venues/http-venue/days/2099-11-27";
    private static final String BAD_SEARCH = "/v1/availability?date=x";

    private final Publisher publisher = Publisher.outside();

    @TestHTTPResource
    URI url;

    @Test
    void anUnknownPathIsAProblem() {
        for (String path :
                new String[] {"/", "/v1", "/v1/venues", "/v1/venues/chez-nous/nothing", "/v2/availability"}) {
            get(path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("type", equalTo("/problems/not-found"))
                    .body("status", equalTo(404));
        }
    }

    @Test
    void whatIsOnlyReadCannotBeWritten() {
        given().contentType("application/json")
                .body("{}")
                .post("/v1/availability")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .header("Allow", containsString("GET"))
                .body("type", equalTo("/problems/method-not-allowed"));
        given().delete(DAY).then().statusCode(405).body("type", equalTo("/problems/method-not-allowed"));
    }

    @Test
    void onlyJsonIsOffered() {
        given().accept("text/csv")
                .get(DAY)
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/not-acceptable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/venues/%00/days/2099-11-27",
                "/v1/venues/a%2Fb/days/2099-11-27",
                "/v1/venues/http-venue/days/+999999-01-01",
                "/v1/venues/http-venue/days/2027-02-29",
                "/v1/venues/http-venue/availability?date=2099-11-27&partySize=99999999999",
                "/v1/venues/http-venue/availability?date=2099-11-27&partySize=2&minVersion=99999999999999999999",
                "/v1/venues/http-venue/calendar?from=%2B999999999-01-01&to=2027-01-01&partySize=2",
                "/v1/venues/http-venue/calendar?from=2027-12-01&to=2027-01-01&partySize=2",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=%00",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=%ED%A0%80",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=Paris&cuisine=%FF",
                "/v1/availability?date=2099-11-27&time=19:00:30&partySize=2&city=Paris",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&near=NaN,0",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&near=1,2,3",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&near=0,0&radiusKm=Infinity",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=Paris&cursor=AAAA",
                "/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=Paris&cuisine=%0A&limit=0"
            })
    void badInputIsNeverAFaultOfOurs(String address) {
        int status = given().urlEncodingEnabled(false).get(address).statusCode();
        assertThat(status).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/availability?city=%zz", "/%"})
    void anAddressThatCannotBeDecodedIsRefused(String address) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            String request = "GET " + address + " HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void aHeadIsAGetWithoutTheBody() {
        published();
        given().head(DAY)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Cache-Control", "public, max-age=1")
                .body(emptyString());
    }

    @Test
    void answersAreCompressedForThoseWhoCanReadIt() {
        published();
        given().header("Accept-Encoding", "gzip")
                .get(DAY)
                .then()
                .header("Content-Encoding", "gzip")
                .header("Vary", containsString("Accept-Encoding"))
                .body("venueId", equalTo("http-venue"));
    }

    @Test
    void pagesOfOtherOriginsMayRead() {
        published();
        given().header("Origin", "https://guests.example")
                .get(DAY)
                .then()
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", containsString("ETag"));
        given().header("Origin", "https://guests.example")
                .header("Access-Control-Request-Method", "GET")
                .header("Access-Control-Request-Headers", "If-None-Match")
                .options(DAY)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", containsString("GET"))
                .header("Access-Control-Allow-Headers", containsString("If-None-Match"));
        given().header("Origin", "https://guests.example")
                .get(BAD_SEARCH)
                .then()
                .statusCode(400)
                .header("Access-Control-Allow-Origin", "*");
    }

    @Test
    void aPlainOptionsNamesTheMethods() {
        given().options(DAY).then().statusCode(200).header("Allow", containsString("GET"));
    }

    @Test
    void theRequestsIdComesBackOrIsGiven() {
        given().header("X-Request-Id", "mine-1").get(BAD_SEARCH).then().header("X-Request-Id", equalTo("mine-1"));
        given().header("X-Request-Id", "\"forged\"")
                .get("/v1/nothing")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void eachAnswerSaysWhenItWasMadeAlsoToPagesOfOtherSites() {
        for (String path : List.of(BAD_SEARCH, "/v1/nothing", "/v1;x/venues")) {
            Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
            String said = given().get(path).header("Date");
            assertThat(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(said)))
                    .isBetween(before, Instant.now());
        }
        given().header("Origin", "https://guests.example")
                .get(BAD_SEARCH)
                .then()
                .header("Access-Control-Expose-Headers", containsString("Date"));
    }

    @Test
    void aProblemIsToldInTheCallersLanguage() {
        for (String path : List.of(BAD_SEARCH, "/v1;x/venues")) {
            given().urlEncodingEnabled(false)
                    .header("Accept-Language", "de-AT, en;q=0.5")
                    .get(path)
                    .then()
                    .statusCode(400)
                    .header("Content-Language", "de, en")
                    .body("title", equalTo("Die Anfrage ist nicht gültig"));
        }
        given().header("Accept-Language", "es")
                .get("/v1/venues/nowhere-at-all/availability?date=2099-11-27&partySize=2")
                .then()
                .statusCode(404)
                .body("title", equalTo("Este restaurante no existe"));
        given().header("Accept-Language", "ar-EG")
                .get("/v1/venues/nowhere-at-all/availability?date=2099-11-27&partySize=2")
                .then()
                .statusCode(404)
                .header("Content-Language", "ar, en")
                .body("title", equalTo("لا يوجد مطعم بهذا الاسم"));
        get(BAD_SEARCH).then().header("Content-Language", "en");
    }

    private void published() {
        publisher.venue(aVenue("http-venue"));
        publisher.day(
                aDay("http-venue", "2099-11-27").slot("19:00", Instant.parse("2099-11-27T18:00:00Z"), "{\"2\":1}"));
        await().until(() -> management("/q/health/ready").statusCode() == 200);
        await().until(() -> get(DAY).statusCode() == 200);
    }
}
