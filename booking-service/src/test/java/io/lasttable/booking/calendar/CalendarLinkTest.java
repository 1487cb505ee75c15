package io.lasttable.booking.calendar;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.access.TokenKeys;
import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A house whose calendar programs know an address and nothing else. */
@QuarkusTest
@QuarkusTestResource(value = PostgresTestResource.class, initArgs = @ResourceArg(name = "database", value = "booking"))
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1"))
class CalendarLinkTest {

    private static final String ADA = "{\"name\":\"Ada Lovelace\",\"email\":\"ada-feed@example.org\"}";

    private final String venue = "feed-" + UUID.randomUUID();

    @Inject
    Pool database;

    @Inject
    DataSource jdbc;

    private String staff;

    @BeforeEach
    void publish() {
        staff = TokenKeys.staff("venues:write reservations:write reservations:read", venue);
        String areas = venueJson("T1", "T2").replaceFirst("\"maxCovers\":2", "\"maxCovers\":2,\"area\":\"terrace\"");
        as(staff).body(areas).put("/v1/venues/" + venue).then().statusCode(201);
    }

    @Test
    void aProgramReadsTheAddressUntilItIsRevoked() {
        booked("T1");
        Response made = made("{\"name\":\"Kitchen\"}");
        String url = made.path("url");
        given().get(url)
                .then()
                .statusCode(200)
                .contentType("text/calendar")
                .header("Cache-Control", "no-store")
                .body(containsString("X-WR-CALNAME:Chez Nous: Kitchen"))
                .body(containsString("SUMMARY:2 × confirmed (T1)"))
                .body(not(containsString("Ada")))
                .body(not(containsString("window")));
        as(staff).delete(links() + "/" + made.path("id")).then().statusCode(204);
        given().get(url).then().statusCode(404).body("type", equalTo("/problems/unknown-calendar-link"));
        as(staff).delete(links() + "/" + made.path("id")).then().statusCode(404);
    }

    @Test
    void whatIsTheSameIsNotSentAgain() {
        booked("T1");
        String url = made("{\"name\":\"Kitchen\"}").path("url");
        String tag = given().get(url).header("ETag");
        given().header("If-None-Match", tag).get(url).then().statusCode(304).header("ETag", equalTo(tag));
        booked("T2");
        given().header("If-None-Match", tag).get(url).then().statusCode(200).header("ETag", not(equalTo(tag)));
    }

    @Test
    void anAddressIsOfAnAreaAndHasNamesWhenItShall() {
        booked("T1");
        booked("T2");
        String url = made("{\"name\":\"Terrace\",\"area\":\"terrace\",\"guestNames\":true}")
                .path("url");
        given().get(url)
                .then()
                .statusCode(200)
                .body(containsString("2 × Ada Lovelace (T1)"))
                .body(containsString("DESCRIPTION:by the window"))
                .body(not(containsString("(T2)")));
        as(staff)
                .body("{\"name\":\"Attic\",\"area\":\"attic\"}")
                .post(links())
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/area"));
    }

    @Test
    void anAddressIsMadeByWhoMayReadWhatIsInIt() {
        String manager = TokenKeys.staff("venues:write", venue);
        for (String names : List.of("true", "false")) {
            as(manager)
                    .body("{\"name\":\"Bar\",\"guestNames\":" + names + "}")
                    .post(links())
                    .then()
                    .statusCode(403);
        }
        made("{\"name\":\"Bar\"}").then().body("maker", equalTo("staff"));
        as(manager).get(links()).then().statusCode(200).body("items.maker", contains("staff"));
        as(TokenKeys.staff("reservations:read", venue)).get(links()).then().statusCode(403);
        as(TokenKeys.staff("venues:write", "elsewhere")).get(links()).then().statusCode(403);
    }

    @Test
    void theSecretIsToldOnceAndStoredNowhere() {
        Response made = made("{\"name\":\"Kitchen\"}");
        String url = made.path("url");
        String secret = url.substring("/v1/calendar/".length(), url.length() - ".ics".length());
        as(staff)
                .get(links())
                .then()
                .statusCode(200)
                .body("items.name", contains("Kitchen"))
                .body("items[0].createdAt", equalTo(made.<String>path("createdAt")))
                .body("items[0].url", nullValue())
                .body(not(containsString(secret)));
        var row = database.query("select l::text from calendar_link l where id = '" + made.path("id") + "'")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next();
        assertThat(row.getString(0)).contains("Kitchen").doesNotContain(secret);
    }

    @Test
    void whatIsNoAddressLeadsNowhere() {
        String url = made("{\"name\":\"Kitchen\"}").path("url");
        for (String wrong : List.of(
                "/v1/calendar/x.ics",
                "/v1/calendar/" + "A".repeat(43) + ".ics",
                url.replace(".ics", "A.ics"),
                "/v1/calendar/" + "A".repeat(3_000) + ".ics")) {
            given().get(wrong).then().statusCode(404);
        }
    }

    @Test
    void oneThatIsGoneIsLookedUpOnceInAWhileHoweverOftenItIsAskedFor() throws SQLException {
        Response made = made("{\"name\":\"Kitchen\"}");
        String url = made.path("url");
        as(staff).delete(links() + "/" + made.path("id")).then().statusCode(204);
        given().get(url).then().statusCode(404);
        try (Connection nobodyReads = jdbc.getConnection();
                Statement statement = nobodyReads.createStatement()) {
            nobodyReads.setAutoCommit(false);
            assertThat(statement.execute("lock table calendar_link in access exclusive mode"))
                    .isFalse();
            given().get(url).then().statusCode(404);
            nobodyReads.rollback();
        }
    }

    @Test
    void oneThatIsReadAllDayIsSlowedDownWhoeverReadsIt() {
        String url = made("{\"name\":\"Kitchen\"}").path("url");
        List<Response> answers =
                IntStream.range(0, 40).mapToObj(n -> given().get(url)).toList();
        assertThat(answers).extracting(Response::statusCode).contains(200, 429).startsWith(200);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 429)
                .allSatisfy(answer -> assertThat(answer.header("Retry-After")).isNotNull());
        given().get(made("{\"name\":\"Bar\"}").<String>path("url")).then().statusCode(200);
    }

    @Test
    void asManyAsMayBeAreMadeHoweverManyAskAtOnce() {
        List<CompletableFuture<Integer>> asked = IntStream.range(0, 70)
                .mapToObj(n -> CompletableFuture.supplyAsync(
                        () -> as(staff).body("{\"name\":\"N\"}").post(links()).statusCode()))
                .toList();
        List<Integer> answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).containsOnly(201, 409);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(50);
    }

    @Test
    void aVenueThatClosesForGoodTakesItsAddressesWithIt() {
        String url = made("{\"name\":\"Kitchen\"}").path("url");
        as(staff).delete("/v1/venues/" + venue).then().statusCode(204);
        given().get(url).then().statusCode(404);
    }

    private String links() {
        return "/v1/venues/" + venue + "/calendar-links";
    }

    private Response made(String body) {
        return as(staff)
                .body(body)
                .post(links())
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    @CanIgnoreReturnValue
    private String booked(String table) {
        String body = bookingJson(DATE, "19:00", ADA)
                .replace("{\"date", "{\"note\":\"by the window\",\"tables\":[\"" + table + "\"],\"date");
        return as(staff)
                .body(body)
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static RequestSpecification as(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }
}
