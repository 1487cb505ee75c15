package io.lasttable.booking.webhook;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.lasttable.booking.webhook.Receiver.Answer;
import io.lasttable.booking.webhook.Receiver.Got;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Webhooks from outside: made over REST, fed by bookings, received by somebody who checks signatures with the public library. */
@QuarkusTest
@TestSecurity(user = "integrator")
@OidcSecurity(
        claims = {
            @Claim(
                    key = "scope",
                    value =
                            "venues:write reservations:write reservations:read guests:read webhooks:read webhooks:write"),
            @Claim(key = "venue_ids", value = "*")
        })
class WebhookTest {

    private final Receiver receiver;
    private final String id = UUID.randomUUID().toString();

    WebhookTest() throws Exception {
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
        Response deleted = given().delete("/v1/webhooks/" + id);
        assertThat(deleted.statusCode()).isIn(204, 404, 403);
    }

    private ValidatableResponse put(String more) {
        return put(id, receiver.url(), more);
    }

    private static ValidatableResponse put(String id, String url, String more) {
        return json().body("{\"url\":\"" + url + "\"" + more + "}")
                .put("/v1/webhooks/" + id)
                .then();
    }

    @CanIgnoreReturnValue
    private String created(String more) {
        return put(more).statusCode(201).extract().path("secret");
    }

    private ValidatableResponse deliveries(String query) {
        return given().get("/v1/webhooks/" + id + "/deliveries" + query).then().statusCode(200);
    }

    private static JsonSchema contract() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("contract", "schemas", "webhook.v1.schema.json")));
    }

    private static void eventually(org.awaitility.core.ThrowingRunnable holds) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(holds);
    }

    @Test
    void whatIsBookedArrivesSignedInOrderAndWithoutPersonalData() throws IOException {
        publish("hook-hooked", "T1");
        String secret = created(",\"venues\":[\"hook-hooked\"],\"types\":[\"io.lasttable.reservation.confirmed\","
                + "\"io.lasttable.reservation.cancelled\",\"io.lasttable.reservation.seated\"]");
        String reservation = booked("hook-hooked", "19:00");
        post("/v1/reservations/" + reservation + "/cancel", "").then().statusCode(200);
        post("/v1/reservations/" + reservation + "/restore", "").then().statusCode(200);
        eventually(() -> assertThat(receiver.got()).hasSize(2));
        Got first = receiver.got().get(0);
        assertThat(receiver.got()).allMatch(got -> got.isSignedWith(secret));
        assertThat(receiver.got())
                .extracting(Got::type)
                .containsExactly("io.lasttable.reservation.confirmed", "io.lasttable.reservation.cancelled");
        JsonSchema contract = contract();
        assertThat(receiver.got())
                .allMatch(got -> contract.validate(got.body(), InputFormat.JSON).isEmpty());
        assertThat(first.subject()).isEqualTo(reservation);
        assertThat(first.json().getString("venueId")).isEqualTo("hook-hooked");
        assertThat(first.json().getJsonObject("data").getString("id")).isEqualTo(reservation);
        assertThat(first.body()).doesNotContain("Ada").doesNotContain("watchToken");
        assertThat(first.headers().get("Content-type")).containsExactly("application/json");
        given().get("/v1/venues/hook-hooked/changes?after=0")
                .then()
                .body("items[0].id", equalTo(first.id()))
                .body("items[0].cursor", equalTo(first.json().getString("cursor")));
        eventually(() -> deliveries("?status=delivered").body("items", hasSize(2)));
        deliveries("?limit=1")
                .body("items", hasSize(1))
                .body("items[0].lastAttempt.status", equalTo(204))
                .body("items[0].data.id", equalTo(reservation));
        String cursor = deliveries("?limit=1").extract().path("cursor");
        deliveries("?limit=1&cursor=" + cursor).body("items[0].id", equalTo(first.id()));
    }

    @Test
    void guestsComeOnlyWhereTheyWereAskedFor() {
        publish("hook-hosts", "T1");
        String secret = created(",\"venues\":[\"hook-hosts\"],\"includeGuest\":true");
        post(
                        "/v1/venues/hook-hosts/reservations",
                        bookingJson(DATE, "19:00", "{\"name\":\"Ada\",\"email\":\"ada@example.com\"}"))
                .then()
                .statusCode(201);
        receiver.answers(got -> new Answer(200, got.body(), 0, Map.of()));
        eventually(() -> assertThat(receiver.got()).hasSize(1));
        Got got = receiver.got().get(0);
        assertThat(got.isSignedWith(secret)).isTrue();
        assertThat(got.json().getJsonObject("data").getJsonObject("guest").getString("email"))
                .isEqualTo("ada@example.com");
        eventually(() -> deliveries("?status=delivered").body("items", hasSize(1)));
        assertThat(deliveries("").extract().asString()).doesNotContain("Ada").doesNotContain("ada@example.com");
        assertThat(delivery(got.id()).body("body", nullValue()).extract().asString())
                .doesNotContain("Ada")
                .doesNotContain("ada@example.com");
    }

    @Test
    @OidcSecurity(
            claims = {
                @Claim(key = "scope", value = "webhooks:write webhooks:read"),
                @Claim(key = "venue_ids", value = "hook-mine")
            })
    void whoMayNotReadGuestsDoesNotGetThemAndWhoHasSomeVenuesNamesThem() {
        put(",\"venues\":[\"hook-mine\"],\"includeGuest\":true").statusCode(403);
        put("").statusCode(400).body("errors.pointer", contains("/venues"));
        put(",\"venues\":[\"hook-yours\"]").statusCode(400).body("errors.pointer", contains("/venues/0"));
        put(",\"venues\":[\"hook-mine\"]").statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        given().get("/v1/webhooks").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void aSecretIsChangedWhileBothAreGood() {
        publish("hook-turning", "T1", "T2");
        String old = created(",\"venues\":[\"hook-turning\"]");
        String fresh = post("/v1/webhooks/" + id + "/secrets", "")
                .then()
                .statusCode(201)
                .body("secrets", hasSize(2))
                .body("secrets[0].expiresAt", nullValue())
                .body("secrets[1].endsWith", equalTo(old.substring(old.length() - 4)))
                .extract()
                .path("secret");
        post("/v1/webhooks/" + id + "/secrets", "")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/secrets-in-use"));
        String newest = post("/v1/webhooks/" + id + "/secrets", "{\"replaceNewest\":true}")
                .then()
                .statusCode(201)
                .body("secrets", hasSize(2))
                .extract()
                .path("secret");
        assertThat(booked("hook-turning", "19:00")).isNotNull();
        eventually(() -> assertThat(receiver.got()).hasSize(1));
        assertThat(receiver.got().get(0).isSignedWith(old)).isTrue();
        assertThat(receiver.got().get(0).isSignedWith(newest)).isTrue();
        assertThat(receiver.got().get(0).isSignedWith(fresh)).isFalse();
        assertThat(given().get("/v1/webhooks/" + id).asString())
                .doesNotContain(newest)
                .doesNotContain(old);
    }

    @Test
    void aTestEventShowsAtOnceWhatComesOfIt() {
        publish("hook-tried", "T1");
        String secret = created(",\"venues\":[\"hook-tried\"]");
        String event = post("/v1/webhooks/" + id + "/test", "")
                .then()
                .statusCode(200)
                .body("status", equalTo("delivered"))
                .body("type", equalTo("io.lasttable.webhook.test"))
                .body("lastAttempt.status", equalTo(204))
                .extract()
                .path("id");
        assertThat(receiver.got()).hasSize(1);
        assertThat(receiver.got().get(0).id()).isEqualTo(event);
        assertThat(receiver.got().get(0).isSignedWith(secret)).isTrue();
        receiver.answers(got -> new Answer(500, "no database", 0, Map.of()));
        post("/v1/webhooks/" + id + "/test", "")
                .then()
                .statusCode(200)
                .body("status", equalTo("failed"))
                .body("lastAttempt.answer", equalTo("no database"));
        deliveries("").body("items", hasSize(2)).body("items.status", contains("failed", "delivered"));
        post("/v1/webhooks/" + id + "/test", "").then().body("status", equalTo("failed"));
        String second = deliveries("?status=failed&limit=1").extract().path("cursor");
        deliveries("?status=failed&limit=1&cursor=" + second).body("items.status", contains("failed"));
        deliveries("?status=failed").body("items", hasSize(2));
        deliveries("?status=pending").body("items", hasSize(0));
    }

    @Test
    void theLogShowsEveryAttemptWithWhatWasSentAndWhenTheNextOnesAre() throws Exception {
        publish("hook-tries", "T1", "T2");
        String secret = created(",\"venues\":[\"hook-tries\"]");
        receiver.answers(got -> new Answer(500, "attempt " + receiver.got().size(), 0, Map.of()));
        assertThat(booked("hook-tries", "19:00")).isNotNull();
        eventually(() -> deliveries("?status=pending").body("items[0].lastAttempt.answer", equalTo("attempt 0")));
        Got first = receiver.got().get(0);
        delivery(first.id())
                .body("status", equalTo("pending"))
                .body("tried", hasSize(1))
                .body("tried[0].timestamp", equalTo(first.header("webhook-timestamp")))
                .body("body", equalTo(first.body()))
                .body("planned", hasSize(greaterThan(10)))
                .body("planned[0]", equalTo(delivery(first.id()).extract().path("nextAttemptAt")));

        receiver.answers(got -> new Answer(200, "taken", 0, Map.of()));
        replay(first.id()).statusCode(204);
        eventually(() -> delivery(first.id())
                .body("status", equalTo("delivered"))
                .body("tried.status", contains(200, 500))
                .body("tried.answer", contains("taken", "attempt 0"))
                .body("planned", hasSize(0)));
        replay(first.id()).statusCode(204);
        eventually(() -> delivery(first.id()).body("tried.status", contains(200, 200, 500)));
        assertThat(receiver.got()).hasSize(3).allMatch(got -> got.isSignedWith(secret));
    }

    @Test
    void whatTheLogDoesNotHaveIsNotSaidToBeOnItsWay() {
        publish("hook-missing", "T1");
        created(",\"venues\":[\"hook-missing\"]");
        assertThat(booked("hook-missing", "19:00")).isNotNull();
        eventually(() -> assertThat(receiver.got()).hasSize(1));
        String known = receiver.got().get(0).id();
        eventually(() -> deliveries("?status=delivered").body("items", hasSize(1)));
        post("/v1/webhooks/" + id + "/replay", "{\"events\":[\"" + known + "\",\"" + UUID.randomUUID() + "\"]}")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/events/1"));
        deliveries("?status=delivered").body("items", hasSize(1));
        for (String event : List.of(UUID.randomUUID().toString(), "x")) {
            given().get("/v1/webhooks/" + id + "/deliveries/" + event)
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("/problems/unknown-delivery"));
        }
    }

    private ValidatableResponse delivery(String event) {
        return given().get("/v1/webhooks/" + id + "/deliveries/" + event).then().statusCode(200);
    }

    private ValidatableResponse replay(String event) {
        return post("/v1/webhooks/" + id + "/replay", "{\"events\":[\"" + event + "\"]}")
                .then();
    }

    @Test
    void whatWasSentIsSentAgainFromTheLogOrFromACursorUnderTheSameIds() {
        publish("hook-again", "T1", "T2", "T3");
        String before = booked("hook-again", "19:00");
        eventually(() ->
                given().get("/v1/venues/hook-again/changes?after=0").then().body("items", hasSize(1)));
        String secret = created(",\"venues\":[\"hook-again\"]");
        String after = booked("hook-again", "19:00");
        eventually(() -> assertThat(receiver.got()).hasSize(1));
        assertThat(receiver.got().get(0).subject()).isEqualTo(after);
        String event = receiver.got().get(0).id();
        eventually(() -> deliveries("?status=delivered").body("items", hasSize(1)));

        post("/v1/webhooks/" + id + "/replay", "{\"events\":[\"" + event + "\"]}")
                .then()
                .statusCode(204);
        eventually(() -> assertThat(receiver.got()).extracting(Got::id).containsExactly(event, event));

        post("/v1/webhooks/" + id + "/replay", "{\"venueId\":\"hook-again\",\"after\":\"0\"}")
                .then()
                .statusCode(204);
        eventually(() ->
                assertThat(receiver.got()).extracting(Got::subject).hasSize(4).contains(before));
        assertThat(receiver.got()).extracting(Got::id).filteredOn(event::equals).hasSize(3);
        assertThat(receiver.got()).allMatch(got -> got.isSignedWith(secret));

        post("/v1/webhooks/" + id + "/replay", "{\"venueId\":\"hook-elsewhere\",\"after\":\"0\"}")
                .then()
                .statusCode(400);
        post("/v1/webhooks/" + id + "/replay", "{\"events\":[\"x\"]}").then().statusCode(400);
        post("/v1/webhooks/" + id + "/replay", "{}").then().statusCode(400);
    }

    @Test
    void aPausedWebhookWaitsAndGoesOnWhereItWas() {
        publish("hook-pausing", "T1", "T2");
        put(",\"venues\":[\"hook-pausing\"],\"paused\":true")
                .statusCode(201)
                .body("status", equalTo("paused"))
                .header("ETag", equalTo("\"0\""));
        String reservation = booked("hook-pausing", "19:00");
        eventually(() ->
                given().get("/v1/venues/hook-pausing/changes?after=0").then().body("items", hasSize(1)));
        json().header("If-Match", "\"0\"")
                .body("{\"url\":\"" + receiver.url() + "\",\"venues\":[\"hook-pausing\"]}")
                .put("/v1/webhooks/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("secret", nullValue())
                .header("ETag", equalTo("\"1\""));
        eventually(() -> assertThat(receiver.got()).extracting(Got::subject).containsExactly(reservation));
    }

    @Test
    void replacingNeedsTheVersionThatWasRead() {
        created("");
        put("").statusCode(428);
        json().header("If-Match", "\"7\"")
                .body("{\"url\":\"" + receiver.url() + "\"}")
                .put("/v1/webhooks/" + id)
                .then()
                .statusCode(412);
        json().header("If-Match", "\"0\"")
                .body("{\"url\":\"" + receiver.url() + "\"}")
                .put("/v1/webhooks/" + UUID.randomUUID())
                .then()
                .statusCode(412);
    }

    @Test
    void aDeletedOneIsGoneWithItsLog() {
        publish("hook-gone", "T1", "T2");
        created(",\"venues\":[\"hook-gone\"]");
        assertThat(booked("hook-gone", "19:00")).isNotNull();
        eventually(() -> assertThat(receiver.got()).hasSize(1));
        given().delete("/v1/webhooks/" + id).then().statusCode(204);
        for (String path : List.of("", "/deliveries")) {
            given().get("/v1/webhooks/" + id + path)
                    .then()
                    .statusCode(404)
                    .body("type", equalTo("/problems/unknown-webhook"));
        }
        assertThat(booked("hook-gone", "19:00")).isNotNull();
        eventually(
                () -> given().get("/v1/venues/hook-gone/changes?after=0").then().body("items", hasSize(2)));
        assertThat(receiver.got()).hasSize(1);
    }

    @Test
    void whatCannotBeAWebhookIsToldWhatIsWrongWithIt() {
        put(id, "http://10.0.0.8/", "").statusCode(400).body("errors.pointer", contains("/url"));
        put(id, "ftp://example.com", "").statusCode(400);
        put(",\"types\":[\"io.lasttable.nothing\"]").statusCode(400).body("errors.pointer", contains("/types/0"));
        put(",\"secret\":\"x\"").statusCode(400);
        put("not-an-id", receiver.url(), "").statusCode(404);
        given().get("/v1/webhooks/not-an-id").then().statusCode(404);
        given().get("/v1/webhooks?cursor=x").then().statusCode(400);
        given().get("/v1/webhooks/" + id + "/deliveries?cursor=x").then().statusCode(400);
        given().get("/v1/webhooks/" + id + "/deliveries?status=x").then().statusCode(400);
    }

    @Test
    void aVenueHasNoMoreThanItMay() {
        publish("hook-popular", "T1");
        List<String> ids = java.util.stream.Stream.generate(
                        () -> UUID.randomUUID().toString())
                .limit(11)
                .toList();
        for (String each : ids.subList(0, 10)) {
            put(each, receiver.url(), ",\"venues\":[\"hook-popular\"]").statusCode(201);
        }
        put(ids.get(10), receiver.url(), ",\"venues\":[\"hook-popular\"]")
                .statusCode(409)
                .body("type", equalTo("/problems/too-many-webhooks"))
                .body("detail", endsWith("delete one first."));
        given().get("/v1/webhooks?limit=200").then().body("items.id", hasItem(ids.get(0)));
        ids.subList(0, 10)
                .forEach(each -> given().delete("/v1/webhooks/" + each).then().statusCode(204));
        given().get("/v1/webhooks?limit=200").then().body("items.id", not(hasItem(ids.get(0))));
        put(",\"venues\":[\"hook-popular\"]").statusCode(201).body("secret", startsWith("whsec_"));
    }
}
