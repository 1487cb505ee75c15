package io.lasttable.booking.embed;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Inject;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site without a backend books for its guests, and nothing else is opened by what stands in its pages. */
@QuarkusTest
class PublishableKeyTest {

    private static final String ORIGIN = "https://www.chez-nous.example";
    private static final String KEYS = "/v1/publishable-keys/";

    private final String venue = "embed-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();

    @ConfigProperty(name = "lasttable-test.token-key")
    String signingKey;

    @Inject
    DataSource database;

    private String staff;

    @BeforeEach
    void publish() throws Exception {
        staff = token("venues:write reservations:write reservations:read", venue);
        as(staff).body(venueJson("T1")).put("/v1/venues/" + venue).then().statusCode(201);
    }

    @Test
    void staffMakeAKeyChangeItsOriginsAndEndIt() throws Exception {
        put(wanted(ORIGIN)).then().statusCode(201).header("ETag", "\"0\"").body("venueId", equalTo(venue));
        put(wanted(ORIGIN)).then().statusCode(428);
        as(staff)
                .header("If-Match", "\"7\"")
                .body(wanted(ORIGIN))
                .put(KEYS + key)
                .then()
                .statusCode(412);
        as(staff)
                .header("If-Match", "\"0\"")
                .body(wanted("https://book.chez-nous.example"))
                .put(KEYS + key)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        as(staff)
                .get(KEYS + key)
                .then()
                .statusCode(200)
                .body("origins", equalTo(List.of("https://book.chez-nous.example")));
        exchange(ORIGIN).then().statusCode(403);
        exchange("https://book.chez-nous.example").then().statusCode(200);
        as(staff).delete(KEYS + key).then().statusCode(204);
        as(staff).get(KEYS + key).then().statusCode(404);
        exchange("https://book.chez-nous.example")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-publishable-key"));
    }

    @Test
    void aKeyOfAnotherVenueDoesNotExistForStaffOfThisOne() throws Exception {
        put(wanted(ORIGIN)).then().statusCode(201);
        String stranger = token("venues:write", "elsewhere");
        as(stranger).get(KEYS + key).then().statusCode(404);
        as(stranger).delete(KEYS + key).then().statusCode(404);
        as(stranger).body(wanted(ORIGIN)).put(KEYS + key).then().statusCode(400);
        as(token("reservations:write", venue)).get(KEYS + key).then().statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "www.example.com",
                "http://www.example.com",
                "https://www.example.com/",
                "https://www.example.com:443",
                "https://WWW.example.com",
                "https://user@example.com",
                "*",
                "null",
                ""
            })
    void anOriginIsOneThatABrowserSends(String origin) {
        put(wanted(origin)).then().statusCode(400).body("errors[0].pointer", containsString("/origins"));
    }

    @Test
    void aPageBooksHoldsConfirmsAndWaits() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String guest = exchanged();
        Response hold = as(guest).body(hold("19:00")).post(venuePath("holds"));
        hold.then().statusCode(201).body("status", equalTo("held")).body("watchToken", notNullValue());
        as(guest)
                .header("Lasttable-Watch-Token", hold.<String>path("watchToken"))
                .body("{\"guest\":{\"name\":\"Ada\"}}")
                .post("/v1/reservations/" + hold.path("id") + "/confirm")
                .then()
                .statusCode(200)
                .body("status", equalTo("confirmed"));
        as(guest)
                .body(
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Bo\"}}"
                                .formatted(DATE))
                .post(venuePath("waitlist"))
                .then()
                .statusCode(201);
        as(guest)
                .body(bookingJson(DATE, "21:00", "{\"name\":\"Cy\"}"))
                .post(venuePath("reservations"))
                .then()
                .statusCode(201);
    }

    @Test
    void aSitesOwnBackendBooksWithTheScopeAlone() throws Exception {
        String backend = token("reservations:book", venue);
        as(backend)
                .body(bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}"))
                .post(venuePath("reservations"))
                .then()
                .statusCode(201);
        as(backend).get(venuePath("reservations")).then().statusCode(403);
    }

    @Test
    void aGuestReadsListsAndChangesNothingOfOthers() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String guest = exchanged();
        Response theirs =
                as(staff).body(bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}")).post(venuePath("reservations"));
        String booked = theirs.path("id");
        Response held = as(staff).body(hold("21:00")).post(venuePath("holds"));
        for (String path : List.of(venuePath("reservations"), venuePath("changes"), "/v1/reservations/" + booked)) {
            as(guest).get(path).then().statusCode(403);
        }
        for (String step : List.of("cancel", "seat", "finish", "no-show", "restore")) {
            as(guest).post("/v1/reservations/" + booked + "/" + step).then().statusCode(403);
        }
        as(guest)
                .header("If-Match", "*")
                .body("{}")
                .patch("/v1/reservations/" + booked)
                .then()
                .statusCode(403);
        as(guest).body(venueJson("T1")).put("/v1/venues/" + venue).then().statusCode(403);
        as(guest).body(wanted(ORIGIN)).put(KEYS + UUID.randomUUID()).then().statusCode(403);
        String confirm = "/v1/reservations/" + held.path("id") + "/confirm";
        as(guest).body("{\"guest\":{\"name\":\"Bo\"}}").post(confirm).then().statusCode(403);
        as(guest)
                .header("Lasttable-Watch-Token", theirs.<String>path("watchToken"))
                .body("{\"guest\":{\"name\":\"Bo\"}}")
                .post(confirm)
                .then()
                .statusCode(404);
        as(staff).get("/v1/reservations/" + held.path("id")).then().body("status", equalTo("held"));
    }

    @Test
    void whatIsTheHousesIsNotAGuestsToAskFor() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String guest = exchanged();
        for (String more : List.of("\"channel\":\"walk-in\"", "\"tables\":[\"T1\"]", "\"externalId\":\"x\"")) {
            as(guest)
                    .body(bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}").replaceFirst("\\{", "{" + more + ","))
                    .post(venuePath("reservations"))
                    .then()
                    .statusCode(403);
        }
    }

    @Test
    void asManyAsMayBeAreMadeHoweverManyAskAtOnce() {
        List<CompletableFuture<Integer>> asked = IntStream.range(0, 40)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> as(staff)
                        .body(wanted(ORIGIN))
                        .put(KEYS + UUID.randomUUID())
                        .statusCode()))
                .toList();
        List<Integer> answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).containsOnly(201, 409);
        assertThat(answers.stream().filter(status -> status == 201)).hasSize(20);
    }

    @Test
    void aTokenIsGoodForItsOwnVenueAndOrigin() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String guest = exchanged();
        as(guest).body(hold("19:00")).post("/v1/venues/elsewhere/holds").then().statusCode(403);
        as(guest)
                .header("Origin", "https://evil.example")
                .body(hold("19:00"))
                .post(venuePath("holds"))
                .then()
                .statusCode(401);
        as(guest)
                .header("Origin", ORIGIN)
                .body(hold("19:00"))
                .post(venuePath("holds"))
                .then()
                .statusCode(201);
        as(guest.substring(0, guest.length() - 6) + "AAAAAA")
                .body(hold("19:00"))
                .post(venuePath("holds"))
                .then()
                .statusCode(401);
    }

    @Test
    void whoeverComesFromElsewhereGetsNoToken() {
        put(wanted(ORIGIN)).then().statusCode(201);
        exchange("https://evil.example").then().statusCode(403);
        given().post(KEYS + key + "/tokens").then().statusCode(403);
        given().header("Origin", ORIGIN).post(KEYS + "no-uuid/tokens").then().statusCode(404);
    }

    @Test
    void aTokenGoesOnAfterItsKeyHasEndedUntilItEndsItself() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String guest = exchanged();
        as(staff).delete(KEYS + key).then().statusCode(204);
        as(guest).body(hold("19:00")).post(venuePath("holds")).then().statusCode(201);
        exchange(ORIGIN).then().statusCode(404);
    }

    @Test
    void oneAddressGetsFewTokensAndFewTables() {
        put(wanted(ORIGIN)).then().statusCode(201);
        for (int i = 0; i < 3; i++) {
            exchangeFrom("198.51.100.21").then().statusCode(200);
        }
        exchangeFrom("198.51.100.21").then().statusCode(429).header("Retry-After", notNullValue());
        String guest = exchangeFrom("198.51.100.22").path("access_token");
        for (String time : List.of("18:30", "20:30")) {
            from(guest, "198.51.100.22")
                    .body(hold(time))
                    .post(venuePath("holds"))
                    .then()
                    .statusCode(201);
        }
        String again = exchangeFrom("198.51.100.22").path("access_token");
        from(again, "198.51.100.22")
                .body(hold("18:30"))
                .post(venuePath("holds"))
                .then()
                .statusCode(429)
                .body("detail", containsString("guest bookings a minute"));
    }

    @Test
    void aFloodOfWrongKeysIsRefusedBeforeAnythingIsLookedUp() throws Exception {
        String flooder = "198.51.100.31";
        for (int i = 0; i < 4; i++) {
            wrongKey(UUID.randomUUID(), flooder).then().statusCode(404);
        }
        try (TableLock nobodyReads = new TableLock(database, "publishable_key")) {
            wrongKey(UUID.randomUUID(), flooder)
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("detail", containsString("guest questions a minute"));
            for (int i = 0; i < 50; i++) {
                wrongKey(UUID.randomUUID(), flooder).then().statusCode(429);
            }
        }
    }

    @Test
    void aKeyThatThereIsNotIsLookedUpOnceInAWhileHoweverManyAsk() throws Exception {
        wrongKey(UUID.fromString(key), "198.51.100.32").then().statusCode(404);
        try (TableLock nobodyReads = new TableLock(database, "publishable_key")) {
            for (int i = 33; i < 36; i++) {
                wrongKey(UUID.fromString(key), "198.51.100." + i).then().statusCode(404);
            }
        }
        put(wanted(ORIGIN)).then().statusCode(201);
        exchangeFrom("198.51.100.32").then().statusCode(200);
    }

    /** While it lasts, whoever reads the table waits. */
    private static final class TableLock implements AutoCloseable {

        private final Connection holder;

        TableLock(DataSource database, String table) throws SQLException {
            holder = database.getConnection();
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                boolean rows = statement.execute("lock table " + table + " in access exclusive mode");
                assertThat(rows).isFalse();
            }
        }

        @Override
        public void close() throws SQLException {
            holder.rollback();
            holder.close();
        }
    }

    private static Response wrongKey(UUID id, String address) {
        return given().header("Origin", ORIGIN)
                .header("X-Forwarded-For", address)
                .post(KEYS + id + "/tokens");
    }

    @Test
    void aTokenBuysNoOtherIdentity() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String token = exchangeFrom("198.51.100.23").path("access_token");
        for (int i = 0; i < 2; i++) {
            token = from(token, "198.51.100.23")
                    .header("Origin", ORIGIN)
                    .post(KEYS + key + "/tokens")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("access_token");
        }
        from(token, "198.51.100.23")
                .header("Origin", ORIGIN)
                .post(KEYS + key + "/tokens")
                .then()
                .statusCode(429);
    }

    @Test
    void anAlternativeThatIsHeldCountsAsABooking() {
        put(wanted(ORIGIN)).then().statusCode(201);
        String guest = exchangeFrom("198.51.100.24").path("access_token");
        for (String time : List.of("18:30", "20:30")) {
            from(guest, "198.51.100.24")
                    .body(hold(time))
                    .post(venuePath("holds"))
                    .then()
                    .statusCode(201);
        }
        String lost = hold("18:30").replace("{", "{\"holdAlternative\":true,");
        from(guest, "198.51.100.24").body(lost).post(venuePath("holds")).then().statusCode(429);
    }

    @Test
    void aPageOfAnotherSiteMayCall() {
        Response preflight = given().header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header(
                        "Access-Control-Request-Headers",
                        "authorization,content-type,idempotency-key,lasttable-watch-token")
                .options(venuePath("holds"));
        assertThat(preflight.statusCode()).isBetween(200, 204);
        assertThat(preflight.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
                .contains("authorization", "idempotency-key", "lasttable-watch-token");
        put(wanted(ORIGIN)).then().statusCode(201);
        assertThat(exchange(ORIGIN).header("Access-Control-Allow-Origin")).isIn(ORIGIN, "*");
        assertThat(exchange(ORIGIN).header("Access-Control-Allow-Credentials")).isNotEqualTo("true");
    }

    private String exchanged() {
        Response answer = exchange(ORIGIN);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.<Map<String, Object>>path("$"))
                .containsEntry("expires_in", 300)
                .containsEntry("venueId", venue);
        return answer.path("access_token");
    }

    private Response exchange(String origin) {
        return given().header("Origin", origin).post(KEYS + key + "/tokens");
    }

    private Response exchangeFrom(String address) {
        return given().header("Origin", ORIGIN)
                .header("X-Forwarded-For", address)
                .post(KEYS + key + "/tokens");
    }

    private Response put(String body) {
        return as(staff).body(body).put(KEYS + key);
    }

    private String wanted(String origin) {
        return "{\"venueId\":\"%s\",\"origins\":[\"%s\"]}".formatted(venue, origin);
    }

    private static String hold(String time) {
        return "{\"date\":\"%s\",\"time\":\"%s\",\"partySize\":2}".formatted(DATE, time);
    }

    private String venuePath(String of) {
        return "/v1/venues/" + venue + "/" + of;
    }

    private String token(String scope, String of) throws Exception {
        PrivateKey with = KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(signingKey)));
        return Jwt.issuer("https://issuer.test")
                .subject("staff of " + of)
                .audience("lasttable")
                .claim("scope", scope)
                .claim("venue_ids", List.of(of))
                .sign(with);
    }

    private static RequestSpecification as(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }

    private static RequestSpecification from(String token, String address) {
        return as(token).header("X-Forwarded-For", address);
    }
}
