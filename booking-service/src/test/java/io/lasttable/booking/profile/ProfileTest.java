package io.lasttable.booking.profile;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hosts who know their guests, in one house and in a group of houses. */
@QuarkusTest
@QuarkusTestResource(value = PostgresTestResource.class, initArgs = @ResourceArg(name = "database", value = "booking"))
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1"))
class ProfileTest {

    private static final String PROFILES = "/v1/guests/profiles";
    private static final String ALL =
            "venues:write reservations:write reservations:read guests:read guests:write guests:erase";

    /** Connections, of which each request needs one. */
    private static final int MORE_THAN_THE_POOL_HAS = 40;

    private final String suffix = UUID.randomUUID().toString();
    private final String group = "g-" + suffix;
    private final String bistro = "bistro-" + suffix;
    private final String bar = "bar-" + suffix;
    private final String email = "ada." + suffix + "@example.org";
    private final String phone = "+3316"
            + Long.toString(Math.abs(UUID.randomUUID().getLeastSignificantBits()))
                    .substring(0, 7);

    @Inject
    Pool database;

    @Inject
    DataSource dataSource;

    @Inject
    ForgottenProfiles forgotten;

    private String staff;

    @BeforeEach
    void open() {
        staff = TokenKeys.staff(ALL, bistro, bar);
        publish(TokenKeys.staff(ALL, "*"), bistro, group);
        publish(staff, bar, group);
    }

    /** The story of docs/booking-api.md. */
    @Test
    void adaIsKnownInBothHousesUntilSheWantsToBeForgotten() {
        lookUp(bistro, "phone", phone).then().statusCode(404);
        String id = made("{\"venueId\":\"%s\",\"phones\":[\"%s\"],\"emails\":[\"%s\"],\"allergies\":\"peanuts\"}"
                .formatted(bistro, phone, email));
        String visit = booked(bistro, "19:00", "{\"name\":\"Ada\",\"phone\":\"" + phone + "\"}");

        Response known = lookUp(bar, "email", email);
        known.then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("allergies", equalTo("peanuts"))
                .body("visits.last.reservationId", contains(visit));
        patch(PROFILES + "/" + id, known.header("ETag"), "{\"tags\":[\"window\"]}")
                .then()
                .statusCode(200);

        as(staff)
                .body("{\"phone\":\"" + phone + "\"}")
                .post("/v1/guests/erase")
                .then()
                .statusCode(200);
        lookUp(bistro, "email", email).then().statusCode(404);
        lookUp(bar, "phone", phone).then().statusCode(404);
        as(staff).get("/v1/reservations/" + visit).then().body("guest.name", nullValue());
    }

    @Test
    void whatIsKnownOfAGuestIsFoundByTheirNumberHoweverItIsWritten() {
        String id =
                made("{\"venueId\":\"%s\",\"emails\":[\"%s\"],\"phones\":[\"%s\"],\"tags\":[\"regular\",\"regular\"],"
                                .formatted(bistro, email, phone)
                        + "\"allergies\":\"peanuts\",\"notes\":\"window\"}");
        String national = "0" + phone.substring(3, 4) + " " + phone.substring(4);
        lookUp(bistro, "phone", national)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("id", equalTo(id))
                .body("emails", contains(email))
                .body("phones", contains(phone))
                .body("tags", contains("regular"))
                .body("allergies", equalTo("peanuts"))
                .body("visits.counts.finished", equalTo(0));
        lookUp(bar, "email", email.toUpperCase(java.util.Locale.ROOT))
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
        lookUp(bar, "email", "nobody@example.org")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-guest-profile"));
    }

    @Test
    void visitsToAllVenuesThatTheTokenReachesAreThere() {
        String id = made(bistro, email);
        String came = booked(bistro, "19:00", "{\"name\":\"Ada\",\"email\":\"" + email + "\"}");
        String cancelled = booked(bar, "19:00", "{\"name\":\"A. Lovelace\",\"email\":\"" + email + "\"}");
        booked(bar, "21:00", "{\"name\":\"Bo\",\"email\":\"bo@example.org\"}");
        as(staff).post("/v1/reservations/" + cancelled + "/cancel").then().statusCode(200);
        as(staff)
                .get(PROFILES + "/" + id)
                .then()
                .statusCode(200)
                .body("visits.counts.confirmed", equalTo(1))
                .body("visits.counts.cancelled", equalTo(1))
                .body("visits.last.reservationId", containsInAnyOrder(came, cancelled));
        as(TokenKeys.staff("guests:read", bistro))
                .get(PROFILES + "/" + id)
                .then()
                .statusCode(200)
                .body("visits.last.venueId", contains(bistro));
    }

    @Test
    void ofANumberThatManyAreBookedUnderTheLatestAreLookedAt() {
        String id = made(bistro, email);
        execute("""
                insert into guest (venue_id, ref, name, email, email_key)
                  select '%1$s', md5('%1$s' || n)::uuid, 'Party ' || n, '%2$s', '%2$s' from generate_series(1, 1500) as n;
                insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, status, guest_ref,
                    version, day_version)
                  select '%1$s', gen_random_uuid(), date '2020-01-01' + n, '19:00', timestamptz '2020-01-01 18:00Z' + n * interval '1 day',
                    timestamptz '2020-01-01 20:00Z' + n * interval '1 day', 2, '{T1}', 'finished', md5('%1$s' || n)::uuid, 1, 1
                  from generate_series(1, 1500) as n
                """.formatted(bistro, email));
        as(staff)
                .get(PROFILES + "/" + id)
                .then()
                .statusCode(200)
                .body("visits.counts.finished", equalTo(1_000))
                .body("visits.last.date[0]", equalTo("2024-02-09"));
    }

    @Test
    void aProfileIsChangedAsItWasRead() {
        String id = made(bistro, email);
        String path = PROFILES + "/" + id;
        as(staff).body("{\"notes\":\"x\"}").patch(path).then().statusCode(428);
        patch(path, "\"7\"", "{\"notes\":\"x\"}").then().statusCode(412);
        patch(path, "\"1\"", "{\"notes\":\"brings her mother\",\"phones\":[\"%s\"]}".formatted(phone))
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("notes", nullValue());
        patch(path, "\"2\"", "{\"tags\":[\"vip\"],\"emails\":null}").then().statusCode(200);
        as(staff)
                .get(path)
                .then()
                .body("notes", equalTo("brings her mother"))
                .body("tags", contains("vip"))
                .body("emails", hasSize(0))
                .body("phones", contains(phone));
        patch(path, "\"3\"", "{\"tags\":[\"vip\"]}").then().statusCode(200).header("ETag", "\"3\"");
        patch(path, "*", "{\"phones\":[]}").then().statusCode(400);
        as(staff).delete(path).then().statusCode(204);
        as(staff).get(path).then().statusCode(404);
    }

    @Test
    void moreThanMayBeKeptIsRefused() {
        for (String more : List.of(
                "\"tags\":[\"" + "x".repeat(41) + "\"]",
                "\"tags\":[" + "\"t\",".repeat(20) + "\"t\"]",
                "\"notes\":\"" + "x".repeat(2_001) + "\"",
                "\"phones\":[\"12\"]",
                "\"nickname\":\"A\"")) {
            as(staff)
                    .body("{\"venueId\":\"%s\",\"emails\":[\"%s\"],%s}".formatted(bistro, email, more))
                    .post(PROFILES)
                    .then()
                    .statusCode(400);
        }
        as(staff).body("{\"venueId\":\"" + bistro + "\"}").post(PROFILES).then().statusCode(400);
    }

    @Test
    void aContactIsOfOneProfileInTheGroupHoweverManyMakeItAtOnce() throws InterruptedException {
        List<Response> answers = atOnce(n -> create(n % 2 == 0 ? bistro : bar, email));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(1);
        String id = lookUp(bistro, "email", email).path("id");
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .hasSize(MORE_THAN_THE_POOL_HAS - 1)
                .allSatisfy(answer ->
                        assertThat(answer.<List<String>>path("profiles")).containsExactly(id));
    }

    @Test
    void manyGuestsAreMadeKnownAtOnce() throws InterruptedException {
        assertThat(atOnce(n -> create(bistro, n + email)))
                .extracting(Response::statusCode)
                .containsOnly(201);
    }

    @Test
    void aVenueThatClosesForGoodMeanwhileIsLeftNoProfile() throws SQLException {
        try (Connection closing = dataSource.getConnection();
                Statement statement = closing.createStatement()) {
            closing.setAutoCommit(false);
            assertThat(statement.executeUpdate("delete from venue where venue_id = '" + bistro + "'"))
                    .isOne();
            CompletableFuture<Response> asked = CompletableFuture.supplyAsync(() -> create(bistro, email));
            await().until(() -> asked.isDone() || waiting() == 1);
            closing.commit();
            asked.join().then().statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        }
    }

    @Test
    void anErasureLosesNothingToAMergeThatIsUnderWay() throws SQLException {
        String byEmail = made(bistro, email);
        String byPhone = made("{\"venueId\":\"%s\",\"phones\":[\"%s\"]}".formatted(bar, phone));
        boolean emailIsFirst = byEmail.compareTo(byPhone) < 0;
        String lockedLast = emailIsFirst ? byPhone : byEmail;
        String other = emailIsFirst ? byEmail : byPhone;
        String sought = emailIsFirst ? "{\"email\":\"" + email + "\"}" : "{\"phone\":\"" + phone + "\"}";
        try (Connection holder = dataSource.getConnection();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            assertThat(statement.execute("select from guest_profile where id = '" + lockedLast + "' for update"))
                    .isTrue();
            CompletableFuture<Response> merged = CompletableFuture.supplyAsync(() -> as(staff)
                    .header("If-Match", "*")
                    .body("{\"other\":\"" + other + "\"}")
                    .post(PROFILES + "/" + lockedLast + "/merge"));
            await().until(() -> waiting() == 1);
            CompletableFuture<Response> erased =
                    CompletableFuture.supplyAsync(() -> as(staff).body(sought).post("/v1/guests/erase"));
            await().until(() -> erased.isDone() || waiting() == 2);
            holder.commit();
            merged.join().then().statusCode(200);
            erased.join().then().statusCode(200).body("profiles", equalTo(1));
        }
        as(staff).get(PROFILES + "/" + lockedLast).then().statusCode(404);
    }

    /** How many wait for a lock. */
    private int waiting() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet waiting = statement.executeQuery("select count(*)::int from pg_stat_activity"
                        + " where datname = current_database() and wait_event_type = 'Lock'")) {
            assertThat(waiting.next()).isTrue();
            return waiting.getInt(1);
        }
    }

    private static List<Response> atOnce(IntFunction<Response> ask) throws InterruptedException {
        ExecutorService askers = Executors.newFixedThreadPool(MORE_THAN_THE_POOL_HAS);
        try {
            List<CompletableFuture<Response>> asked = IntStream.range(0, MORE_THAN_THE_POOL_HAS)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> ask.apply(n), askers))
                    .toList();
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            askers.shutdown();
            assertThat(askers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private Response create(String venue, String address) {
        return as(staff)
                .body("{\"venueId\":\"%s\",\"emails\":[\"%s\"]}".formatted(venue, address))
                .post(PROFILES);
    }

    @Test
    void aRepeatedRequestMakesNoSecondOne() {
        String key = UUID.randomUUID().toString();
        String body = "{\"venueId\":\"%s\",\"emails\":[\"%s\"]}".formatted(bistro, email);
        String id = as(staff)
                .header("Idempotency-Key", key)
                .body(body)
                .post(PROFILES)
                .path("id");
        as(staff)
                .header("Idempotency-Key", key)
                .body(body)
                .post(PROFILES)
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .body("id", equalTo(id));
    }

    @Test
    void twoThatAreOneGuestBecomeOne() {
        String first = made(bistro, email);
        String second = made("{\"venueId\":\"%s\",\"phones\":[\"%s\"],\"tags\":[\"vip\"],\"notes\":\"quiet table\"}"
                .formatted(bar, phone));
        patch(PROFILES + "/" + first, "*", "{\"phones\":[\"" + phone + "\"]}")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/guest-profile-exists"))
                .body("profiles", contains(second));
        patch(PROFILES + "/" + first, "*", "{\"notes\":\"window\"}").then().statusCode(200);
        as(staff)
                .header("If-Match", "*")
                .body("{\"other\":\"" + second + "\"}")
                .post(PROFILES + "/" + first + "/merge")
                .then()
                .statusCode(200);
        lookUp(bar, "phone", phone)
                .then()
                .body("id", equalTo(first))
                .body("tags", contains("vip"))
                .body("notes", equalTo("window\nquiet table"))
                .body("emails", contains(email));
        as(staff).get(PROFILES + "/" + second).then().statusCode(404);
    }

    @Test
    void housesThatComeTogetherEachKnowTheGuestUntilStaffMakeThemOne() {
        String other = "inn-" + suffix;
        String both = TokenKeys.staff(ALL, bistro, bar, other);
        publish(both, other, null);
        String first = made(bistro, email);
        String theirs = as(both).body("{\"venueId\":\"%s\",\"emails\":[\"%s\"]}".formatted(other, email))
                .post(PROFILES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        as(both).header("If-Match", "*")
                .body(grouped(group))
                .put("/v1/venues/" + other)
                .then()
                .statusCode(200);
        as(both).body("{\"venueId\":\"%s\",\"email\":\"%s\"}".formatted(other, email))
                .post(PROFILES + "/lookup")
                .then()
                .statusCode(200)
                .body("id", equalTo(first))
                .body("others", contains(theirs));
    }

    @Test
    void strangersNeitherReadTheGroupNorJoinIt() {
        String id = made(bistro, email);
        String stranger = TokenKeys.staff(ALL, "stranger-" + suffix);
        as(stranger).get(PROFILES + "/" + id).then().statusCode(404);
        as(stranger).delete(PROFILES + "/" + id).then().statusCode(404);
        as(stranger)
                .header("If-Match", "*")
                .body("{\"notes\":\"x\"}")
                .patch(PROFILES + "/" + id)
                .then()
                .statusCode(404);
        as(stranger)
                .body("{\"venueId\":\"%s\",\"email\":\"%s\"}".formatted(bistro, email))
                .post(PROFILES + "/lookup")
                .then()
                .statusCode(400);
        as(stranger)
                .body(grouped(group))
                .put("/v1/venues/stranger-" + suffix)
                .then()
                .statusCode(403);
        as(TokenKeys.staff("guests:write", bistro))
                .get(PROFILES + "/" + id)
                .then()
                .statusCode(403);
        as(TokenKeys.staff("guests:read", bistro))
                .delete(PROFILES + "/" + id)
                .then()
                .statusCode(403);
    }

    @Test
    void aGroupIsBegunByWhoReachesEveryVenue() {
        String squatter = "squatter-" + suffix;
        as(TokenKeys.staff(ALL, squatter))
                .body(grouped("new-" + suffix))
                .put("/v1/venues/" + squatter)
                .then()
                .statusCode(403);
        publish(TokenKeys.staff(ALL, squatter), squatter, null);
        for (String name : List.of(group, "new-" + suffix)) {
            as(TokenKeys.staff(ALL, squatter))
                    .header("If-Match", "*")
                    .body(grouped(name))
                    .put("/v1/venues/" + squatter)
                    .then()
                    .statusCode(403);
        }
        as(staff)
                .header("If-Match", "*")
                .body(grouped(group))
                .put("/v1/venues/" + bar)
                .then()
                .statusCode(200);
    }

    @Test
    void anErasureTakesTheProfileWithTheGuest() {
        String byPhone = made("{\"venueId\":\"%s\",\"phones\":[\"%s\"]}".formatted(bar, phone));
        String byEmail = made(bistro, email);
        String national = "0" + phone.substring(3);
        as(TokenKeys.staff(ALL, bistro))
                .body("{\"phone\":\"" + national + "\"}")
                .post("/v1/guests/erase")
                .then()
                .statusCode(200)
                .body("profiles", equalTo(1));
        as(staff).get(PROFILES + "/" + byPhone).then().statusCode(404);
        as(staff).get(PROFILES + "/" + byEmail).then().statusCode(200);
        as(TokenKeys.staff(ALL, "elsewhere"))
                .body("{\"email\":\"" + email + "\"}")
                .post("/v1/guests/erase")
                .then()
                .body("profiles", equalTo(0));
        as(staff)
                .body("{\"email\":\"" + email + "\"}")
                .post("/v1/guests/erase")
                .then()
                .body("profiles", equalTo(1));
    }

    @Test
    void aProfileIsForgottenWithItsGuest() {
        String known = made(bistro, email);
        String gone = made("{\"venueId\":\"%s\",\"phones\":[\"%s\"]}".formatted(bistro, phone));
        booked(bar, "19:00", "{\"name\":\"Ada\",\"email\":\"" + email + "\"}");
        execute("update guest_profile set updated_at = '2020-01-01Z' where venue_id = '" + bistro + "'");
        int forgottenNow =
                forgotten.forgetBefore(LocalDate.parse("2020-06-01")).await().atMost(Duration.ofSeconds(30));
        assertThat(forgottenNow).isEqualTo(1);
        as(staff).get(PROFILES + "/" + gone).then().statusCode(404);
        as(staff).get(PROFILES + "/" + known).then().statusCode(200);
    }

    @Test
    void profilesOfAHouseThatClosesForGoodGoToItsGroupAndElseWithIt() {
        String id = made(bistro, email);
        as(staff).delete("/v1/venues/" + bistro).then().statusCode(204);
        as(staff).get(PROFILES + "/" + id).then().statusCode(200).body("venueId", equalTo(bar));
        as(staff).delete("/v1/venues/" + bar).then().statusCode(204);
        as(staff).get(PROFILES + "/" + id).then().statusCode(404);
    }

    private void publish(String token, String venue, String name) {
        as(token).body(grouped(name)).put("/v1/venues/" + venue).then().statusCode(201);
    }

    private static String grouped(String name) {
        String json = venueJson("T1", "T2");
        return name == null ? json : json.replaceFirst("\\{", "{\"group\":\"" + name + "\",");
    }

    private String made(String venue, String address) {
        return made("{\"venueId\":\"%s\",\"emails\":[\"%s\"]}".formatted(venue, address));
    }

    private String made(String body) {
        return as(staff)
                .body(body)
                .post(PROFILES)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private Response lookUp(String venue, String by, String value) {
        return as(staff)
                .body("{\"venueId\":\"%s\",\"%s\":\"%s\"}".formatted(venue, by, value))
                .post(PROFILES + "/lookup");
    }

    private Response patch(String path, String ifMatch, String body) {
        return as(staff).header("If-Match", ifMatch).body(body).patch(path);
    }

    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private String booked(String venue, String time, String guest) {
        return as(staff)
                .body(bookingJson(DATE, time, guest))
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void execute(String sql) {
        var done = database.query(sql).execute().await().atMost(Duration.ofSeconds(10));
        assertThat(done).isNotNull();
    }

    private static RequestSpecification as(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }
}
