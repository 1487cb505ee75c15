package io.lasttable.booking.guest;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.RowLock.answered;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.RowLock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read guests:erase"),
            @Claim(key = "venue_ids", value = "*")
        })
class GuestErasureTest {

    private static final String GUEST =
            "{\"name\":\"Zebedee Quux\",\"email\":\"Zebedee@example.org\",\"phone\":\"+44 20 7946 0000\"}";

    @Inject
    Pool database;

    @Inject
    DataSource source;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void whatNamesTheGuestIsGoneAndTheReservationStays() {
        publish("forgetful", "T1", "T2");
        String id = booked("forgetful", "first-key");
        String other = booked("forgetful", "other-key", GUEST.replace("Zebedee", "Ada"));
        post("/v1/guests/erase", "{\"email\":\"zebedee@EXAMPLE.org\"}")
                .then()
                .statusCode(200)
                .body("guests", equalTo(1))
                .body("reservations", equalTo(1));
        given().get("/v1/reservations/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("confirmed"))
                .body("guest.name", nullValue())
                .body("guest.email", nullValue())
                .body("note", nullValue());
        given().get("/v1/reservations/" + other).then().body("guest.name", equalTo("Ada Quux"));
        assertThat(occurrences("Zebedee")).isZero();
    }

    @Test
    void aTelephoneNumberIsFoundHoweverItIsWritten() {
        publish("phoned", "T1");
        String id = booked("phoned", "phone-key", GUEST.replace("0000", "1111").replace("Zebedee", "Berta"));
        post("/v1/guests/erase", "{\"phone\":\"+44 (20) 79.46-1111\"}")
                .then()
                .statusCode(200)
                .body("guests", equalTo(1));
        given().get("/v1/reservations/" + id).then().body("guest.phone", nullValue());
        assertThat(occurrences("Berta")).isZero();
    }

    @Test
    void everySpellingOfANumberIsTheSameGuest() {
        publish("spelled", "T1");
        String guest = "{\"name\":\"Ysolde Quux\",\"phone\":\"01\u00a023\u00a045\u00a068\u00a000\"}";
        String id = booked("spelled", "spelled-key", guest);
        given().get("/v1/reservations/" + id).then().body("guest.phone", equalTo("+33123456800"));
        erase("{\"phone\":\"+49 123 456800\"}").body("guests", equalTo(0));
        erase("{\"phone\":\"\u202a0033 (0)1\u201323.45.68.00\u202c\"}").body("guests", equalTo(1));
        assertThat(occurrences("Ysolde")).isZero();
        String other = booked("spelled", "spelled-again", guest.replace("Ysolde", "Yvaine"), "21:00");
        erase("{\"phone\":\"01 23 45 68 00\"}").body("guests", equalTo(1));
        given().get("/v1/reservations/" + other).then().body("guest.name", nullValue());
        assertThat(occurrences("Yvaine")).isZero();
    }

    @Test
    void everyFormOfAnAddressIsTheSameGuest() {
        publish("formed", "T1");
        int hour = 18;
        for (String asked : List.of(
                "joséphine@müller-erased.de",
                Normalizer.normalize("joséphine@müller-erased.de", Normalizer.Form.NFD),
                "JOSÉPHINE@XN--MLLER-ERASED-DLB.DE",
                "J <Joséphine@Müller-Erased.DE>")) {
            String form = hour % 2 == 0 ? "Joséphine@MÜLLER-erased.de" : "JOSE\u0301PHINE@xn--mller-erased-dlb.de";
            String id = booked(
                    "formed",
                    "formed-" + hour,
                    "{\"name\":\"Zuleika Q\",\"email\":\"" + form + "\"}",
                    List.of("18:30", "20:00", "21:30", "18:30").get(hour - 18));
            erase("{\"email\":\"" + asked + "\"}").body("guests", equalTo(1));
            assertThat(occurrences("Zuleika")).isZero();
            given().post("/v1/reservations/" + id + "/cancel").then().statusCode(200);
            hour++;
        }
    }

    @Test
    void guestsOfBeforeAreFoundAsTheyWereStored() {
        publish("before", "T1");
        String[] stored = {"01 23 45 69 00", "+33 (0)1 23 45 69 00", "0033123456900", "+33123456900", "33 1 23456900"};
        for (String phone : stored) {
            insertGuest("before", null, phone);
        }
        insertGuest("before", "Jose\u0301@Before.example", null);
        insertGuest("before", "josé@before.example", null);
        insertGuest("before", "other@before.example", "+49 123456900");
        erase("{\"phone\":\"+33 1 23 45 69 00\"}").body("guests", equalTo(stored.length));
        erase("{\"email\":\"JOSÉ@before.EXAMPLE\"}").body("guests", equalTo(2));
        erase("{\"phone\":\"0123 456900\"}").body("guests", equalTo(0));
        erase("{\"phone\":\"+49123456900\"}").body("guests", equalTo(1));
    }

    private void insertGuest(String venue, String email, String phone) {
        var inserted = database.preparedQuery("insert into guest (venue_id, ref, name, email, phone)"
                        + " values ($1, gen_random_uuid(), 'Before', $2, $3)")
                .execute(Tuple.of(venue, email, phone))
                .await()
                .atMost(Duration.ofSeconds(10));
        assertThat(inserted.rowCount()).isEqualTo(1);
    }

    private static ValidatableResponse erase(String body) {
        return post("/v1/guests/erase", body).then().statusCode(200);
    }

    @Test
    void whoOnlyWaitsIsForgottenTooAndSoIsWhatTheyWereAnswered() {
        publish("forgotten-line", "T1");
        String taken = booked("forgotten-line", "line-dinner", GUEST.replace("Zebedee", "Quentin"));
        String entry = joined("forgotten-line", "line-key", GUEST.replace("Zebedee", "Ottilie"));
        post("/v1/guests/erase", "{\"email\":\"ottilie@example.org\"}")
                .then()
                .statusCode(200)
                .body("guests", equalTo(1));
        given().get("/v1/waitlist/" + entry).then().statusCode(200).body("guest.name", nullValue());
        assertThat(occurrences("Ottilie")).isZero();
        given().post("/v1/reservations/" + taken + "/cancel").then().statusCode(200);
        assertThat(occurrences("Ottilie")).isZero();
    }

    @Test
    void whatWasAnsweredBeforeTheContactChangedIsFoundByTheOldOne() {
        publish("changed-contact", "T1");
        String id = booked("changed-contact", "changed-key", GUEST.replace("Zebedee", "Philippa"));
        json().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body("{\"note\":null,\"guest\":{\"name\":\"Bo\",\"email\":\"bo@example.org\",\"phone\":null}}")
                .patch("/v1/reservations/" + id)
                .then()
                .statusCode(200);
        post("/v1/guests/erase", "{\"email\":\"PHILIPPA@example.org\"}").then().statusCode(200);
        assertThat(occurrences("Philippa")).isZero();
        given().get("/v1/reservations/" + id).then().body("guest.name", equalTo("Bo"));
    }

    @Test
    void anOfferMadeAtTheSameInstantDoesNotBringTheNameBack() throws Exception {
        publish("offer-race", "T1");
        String taken = booked("offer-race", "race-dinner", GUEST.replace("Zebedee", "Quentin"));
        String entry = joined("offer-race", "race-line", GUEST.replace("Zebedee", "Leopold"));
        try (RowLock lock = new RowLock(source, "occupancy where venue_id = 'offer-race'")) {
            var cancelling = lock.waitingFor(1, () -> given().post("/v1/reservations/" + taken + "/cancel"));
            var erasing = lock.waitingFor(2, () -> post("/v1/guests/erase", "{\"email\":\"leopold@example.org\"}"));
            lock.release();
            answered(cancelling).then().statusCode(200);
            answered(erasing).then().statusCode(200).body("guests", equalTo(1));
        }
        given().get("/v1/waitlist/" + entry)
                .then()
                .body("status", equalTo("offered"))
                .body("guest.name", nullValue());
        assertThat(occurrences("Leopold")).isZero();
    }

    private static String joined(String venue, String key, String guest) {
        return json().header("Idempotency-Key", key)
                .body("{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":%s}"
                        .formatted(DATE, guest))
                .post("/v1/venues/" + venue + "/waitlist")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void askingAgainIsAnsweredAgain() {
        var first = json().header("Idempotency-Key", "erase-1").body("{\"email\":\"nobody@example.org\"}");
        first.post("/v1/guests/erase").then().statusCode(200).header("Idempotency-Replayed", nullValue());
        first.post("/v1/guests/erase").then().statusCode(200).header("Idempotency-Replayed", equalTo("true"));
        json().header("Idempotency-Key", "erase-1")
                .body("{\"email\":\"somebody@example.org\"}")
                .post("/v1/guests/erase")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void eitherEmailOrPhoneIsNeeded() {
        for (String body : List.of("{}", GUEST, "{\"email\":\"x\"}", "{\"phone\":\"x\"}", "[]", "{\"name\":\"Ada\"}")) {
            post("/v1/guests/erase", body).then().statusCode(400).body("type", equalTo("/problems/validation-error"));
        }
    }

    @Test
    void neitherLogsNorKafkaEverHeardOfTheGuest() {
        List<String> logged = new ArrayList<>();
        Handler listener = listener(logged);
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            publish("discreet", "T1");
            String id = booked("discreet", "discreet-key", GUEST.replace("Zebedee", "Xanthippe"));
            post("/v1/venues/discreet/reservations", bookingJson(DATE, "19:00", GUEST.replace("Zebedee", "Xanthippe")))
                    .then()
                    .statusCode(409);
            post("/v1/guests/erase", "{\"email\":\"Xanthippe@example.org\"}")
                    .then()
                    .statusCode(200);
            assertThat(kafkaUntil(id)).noneMatch(record -> record.contains("Xanthippe") || record.contains("secret"));
            Logger.getLogger("io.lasttable.booking").info("the last line");
        } finally {
            root.removeHandler(listener);
        }
        assertThat(logged)
                .anyMatch(line -> line.startsWith("the last line"))
                .noneMatch(line -> line.contains("Xanthippe") || line.contains("7946"));
    }

    /** Reads everything up to the news of this reservation. */
    private List<String> kafkaUntil(String reservation) {
        List<String> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "group.id", "erasure", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of("lasttable.days.v1", "lasttable.reservations.v1", "lasttable.venues.v1"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> records.add(record.key() + " " + record.value() + " " + record.headers()));
                return records.stream().anyMatch(record -> record.contains(reservation));
            });
        }
        return records;
    }

    /** How many rows of the whole database hold the text, whatever table and column. */
    private long occurrences(String text) {
        String everything =
                "select count(*) from (select g::text as t from guest g union all select r::text from reservation r"
                        + " union all select i::text from idempotency_receipt i union all select c::text from change c"
                        + " union all select o::text from outbox o) rows where t like '%" + text + "%'";
        return database.query(everything)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getLong(0);
    }

    private static String booked(String venue, String key) {
        return booked(venue, key, GUEST);
    }

    private static String booked(String venue, String key, String guest) {
        return booked(venue, key, guest, "19:00");
    }

    private static String booked(String venue, String key, String guest, String time) {
        String body = bookingJson(DATE, time, guest);
        String withNote = body.substring(0, body.length() - 1) + ",\"note\":\"secret birthday of "
                + guest.substring(9, 16) + "\"}";
        return json().header("Idempotency-Key", key)
                .body(withNote)
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Handler listener(List<String> logged) {
        return new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage() + " "
                        + List.of(record.getParameters() == null ? new Object[0] : record.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
