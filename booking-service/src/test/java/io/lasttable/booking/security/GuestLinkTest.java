package io.lasttable.booking.security;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.alwaysOpen;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A guest with the link of their own, and no account: what it opens, and what it does not. */
@QuarkusTest
class GuestLinkTest {

    private static final String LINK = "Lasttable-Manage-Token";
    private static final String ADA =
            "{\"name\":\"Ada\",\"email\":\"ada-link@example.org\",\"phone\":\"+33 1 99 00 55 66\"}";

    private final String venue = "link-" + UUID.randomUUID();

    @ConfigProperty(name = "lasttable-test.token-key")
    String privateKey;

    @ConfigProperty(name = "quarkus.oidc.public-key")
    String publicKey;

    @ConfigProperty(name = "lasttable.watch-token-key")
    String watchTokenKey;

    @Inject
    Pool database;

    private Tokens tokens;

    @BeforeEach
    void open() {
        tokens = new Tokens(privateKey, publicKey, watchTokenKey);
        publish(venue, venueJson("T1", "T2"));
    }

    @Test
    void aGuestReadsChangesAndCancelsTheirReservation() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        String link = booked.path("manageToken");

        guest(link)
                .get(path)
                .then()
                .statusCode(200)
                .body("guest.name", equalTo("Ada"))
                .body("note", equalTo("a high chair"))
                .body("metadata", nullValue())
                .body("guestChanges.cancel", equalTo(booked.path("startsAt")))
                .body("manageToken", notNullValue());
        change(link, path, "{\"time\":\"21:00\",\"partySize\":1,\"note\":null,\"guest\":{\"phone\":\"+33199005567\"}}")
                .statusCode(200)
                .body("time", equalTo("21:00"))
                .body("partySize", equalTo(1))
                .body("guest.name", equalTo("Ada"))
                .body("guest.phone", equalTo("+33199005567"))
                .body("note", nullValue());
        String key = UUID.randomUUID().toString();
        for (int time = 0; time < 2; time++) {
            guest(link)
                    .header("Idempotency-Key", key)
                    .post(path + "/cancel")
                    .then()
                    .statusCode(200)
                    .body("status", equalTo("cancelled"));
        }
        as(tokens.good())
                .get(path + "/history")
                .then()
                .body("items.actor.kind", contains("staff", "guest", "guest"))
                .body("items[1].actor.id", nullValue());
    }

    @Test
    void theLinkGoesOnAfterAMoveAndEndsADayAfterTheStay() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        String link = booked.path("manageToken");
        change(link, path, "{\"date\":\"%s\"}".formatted(LocalDate.parse(DATE).plusDays(4)))
                .statusCode(200);
        guest(link).get(path).then().statusCode(200);
        execute("update reservation set starts_at = now() - interval '26 hours', ends_at = now() - interval '25 hours'"
                + " where id = '" + booked.path("id") + "'");
        guest(link).get(path).then().statusCode(401).body("type", equalTo("/problems/unauthorized"));
    }

    @Test
    void whatTheHouseDoesNotLetGuestsDoIsRefusedWithTheInstant() {
        String strict = venue + "-strict";
        publish(
                strict,
                venueJson("T1", "T2")
                        .replace(
                                "\"bookingWindow\"",
                                "\"guestChanges\":{\"cancel\":\"P7D\",\"note\":\"PT0S\"},\"bookingWindow\""));
        Response booked = booked(strict, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        String link = booked.path("manageToken");
        String until =
                Instant.parse(booked.path("startsAt")).minus(Duration.ofDays(7)).toString();

        guest(link)
                .post(path + "/cancel")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/guest-changes-closed"))
                .body("action", equalTo("cancel"))
                .body("until", equalTo(until))
                .body("detail", containsString(until));
        change(link, path, "{\"partySize\":1}")
                .statusCode(409)
                .body("action", equalTo("party"))
                .body("until", nullValue());
        change(link, path, "{\"time\":\"21:00\"}").statusCode(409).body("action", equalTo("move"));
        change(link, path, "{\"guest\":{\"name\":\"Bo\"}}").statusCode(409).body("action", equalTo("contact"));
        change(link, path, "{\"note\":\"late\",\"partySize\":2}")
                .statusCode(200)
                .body("note", equalTo("late"));
        guest(link).get(path).then().body("guestChanges.cancel", equalTo(until)).body("guestChanges.move", nullValue());
        as(tokens.good()).post(path + "/cancel").then().statusCode(200);
    }

    @Test
    void afterTheStartGuestsChangeNothing() {
        String now = venue + "-now";
        publish(now, alwaysOpen("T1"));
        Response booked =
                booked(now, LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(1).toString(), "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        execute("update reservation set starts_at = now() - interval '1 minute' where id = '" + booked.path("id")
                + "'");
        guest(booked.path("manageToken"))
                .post(path + "/cancel")
                .then()
                .statusCode(409)
                .body("action", equalTo("cancel"));
        as(tokens.good()).post(path + "/seat").then().statusCode(200);
        guest(booked.path("manageToken"))
                .post(path + "/cancel")
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/illegal-transition"));
    }

    @Test
    void tablesAndEndAreForTheHouse() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        change(booked.path("manageToken"), path, "{\"tables\":[\"T2\"]}")
                .statusCode(400)
                .body("errors.pointer", contains("/tables"));
        change(booked.path("manageToken"), path, "{\"endsAt\":\"2030-01-01T00:00:00Z\"}")
                .statusCode(400)
                .body("errors.pointer", contains("/endsAt"));
        change(booked.path("manageToken"), path, "{\"time\":\"20:30\",\"override\":[\"block\"]}")
                .statusCode(403);
        as(tokens.good())
                .header(LINK, booked.<String>path("manageToken"))
                .header("If-Match", "*")
                .body("{\"time\":\"20:30\",\"override\":[\"block\"]}")
                .patch(path)
                .then()
                .statusCode(403);
    }

    @Test
    void theLinkOpensNothingElse() {
        Response mine = booked(venue, DATE, "19:00");
        Response theirs = booked(venue, DATE, "19:00");
        String link = mine.path("manageToken");
        String other = "/v1/reservations/" + theirs.path("id");
        guest(link).get(other).then().statusCode(404);
        change(link, other, "{\"partySize\":1}").statusCode(404);
        guest(link).post(other + "/cancel").then().statusCode(404);
        String own = "/v1/reservations/" + mine.path("id");
        for (String command : new String[] {"/confirm", "/seat", "/finish", "/no-show", "/restore"}) {
            guest(link).body("{}").post(own + command).then().statusCode(401);
        }
        guest(link).get(own + "/history").then().statusCode(401);
        guest(link).get("/v1/venues/" + venue + "/reservations").then().statusCode(401);
        guest(link)
                .body(bookingJson(DATE, "21:00", ADA))
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(401);
        guest(link).get("/v1/waitlist/" + mine.path("id")).then().statusCode(401);
        given().header("Authorization", "Bearer " + link).get(own).then().statusCode(401);
        given().header("Lasttable-Watch-Token", link).get(own).then().statusCode(401);
    }

    @Test
    void otherTokensAreNoLink() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        String forged = Jwt.subject(booked.<String>path("id"))
                .audience("lasttable-manage")
                .claim("venueId", venue)
                .claim("kind", "reservation")
                .sign(new SecretKeySpec(
                        "another-key-0123456789-0123456789-01".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        for (String wrong : new String[] {"", "x", "a.b.c", booked.path("watchToken"), tokens.good(), forged}) {
            guest(wrong).get(path).then().statusCode(401);
            change(wrong, path, "{\"partySize\":1}").statusCode(401);
            guest(wrong).post(path + "/cancel").then().statusCode(401);
        }
        as(tokens.good()).get(path).then().body("status", equalTo("confirmed")).body("version", equalTo(1));
    }

    @Test
    void whoMayNotChangeOrNotReadIsNotHandedTheLink() {
        String path = "/v1/reservations/" + booked(venue, DATE, "19:00").path("id");
        as(tokens.withScopes("reservations:read"))
                .get(path)
                .then()
                .statusCode(200)
                .body("manageToken", nullValue());
        as(tokens.withScopes("reservations:read"))
                .get("/v1/venues/" + venue + "/reservations")
                .then()
                .body("items.manageToken", hasItem(nullValue()));
        as(tokens.withScopes("reservations:write"))
                .post(path + "/cancel")
                .then()
                .statusCode(200)
                .body("manageToken", nullValue());
        as(tokens.withScopes("reservations:write reservations:read"))
                .get(path)
                .then()
                .body("manageToken", notNullValue());
    }

    @Test
    void anErasureEndsTheLink() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        as(tokens.good())
                .body("{\"email\":\"ada-link@example.org\"}")
                .post("/v1/guests/erase")
                .then()
                .statusCode(200);
        guest(booked.path("manageToken")).get(path).then().statusCode(401);
        as(tokens.good())
                .header("If-Match", "*")
                .body("{\"guest\":{\"name\":\"Zoe\"}}")
                .patch(path)
                .then()
                .statusCode(200);
        guest(booked.path("manageToken")).get(path).then().statusCode(401);
    }

    @Test
    void aReservationThatStaffHandToAnotherGuestIsNoLongerTheFirstOnesToOpen() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        Response handed = edited(
                path, "{\"guest\":{\"name\":\"Zoe\",\"email\":\"zoe@example.org\",\"phone\":null},\"note\":\"Zoe's\"}");
        guest(booked.path("manageToken")).get(path).then().statusCode(401);
        change(booked.path("manageToken"), path, "{\"partySize\":1}").statusCode(401);
        guest(booked.path("manageToken")).post(path + "/cancel").then().statusCode(401);
        guest(handed.path("manageToken")).get(path).then().statusCode(200).body("guest.name", equalTo("Zoe"));

        edited(path, "{\"guest\":{\"name\":\"Ada\",\"email\":\"ada-link@example.org\"}}");
        guest(booked.path("manageToken")).get(path).then().statusCode(401);
        guest(handed.path("manageToken")).get(path).then().statusCode(401);
    }

    @Test
    void aGuestWhoseNameOrNumberIsPutRightKeepsTheLink() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        edited(path, "{\"guest\":{\"name\":\"Ada Lovelace\",\"phone\":\"+33199005568\"}}");
        guest(booked.path("manageToken")).get(path).then().statusCode(200);
        change(
                        booked.path("manageToken"),
                        path,
                        "{\"guest\":{\"email\":\"ada-new@example.org\",\"phone\":\"+33199005569\"}}")
                .statusCode(200);
        guest(booked.path("manageToken"))
                .get(path)
                .then()
                .statusCode(200)
                .body("guest.email", equalTo("ada-new@example.org"));
    }

    @Test
    void whatOthersWriteIntoAHoldIsNotForWhoMadeIt() {
        for (String written : new String[] {"{\"guest\":" + ADA + "}", "{\"note\":\"Ada asked for the window\"}"}) {
            Response hold = held(tokens.withScopes("reservations:write"));
            String path = "/v1/reservations/" + hold.path("id");
            guest(hold.path("manageToken")).get(path).then().statusCode(200);
            edited(path, written);
            guest(hold.path("manageToken")).get(path).then().statusCode(401);
            as(tokens.good()).post(path + "/cancel").then().statusCode(200);
        }
        Response hold = held(tokens.withScopes("reservations:write"));
        String path = "/v1/reservations/" + hold.path("id");
        Response confirmed = as(machine("front-desk"))
                .body("{\"guest\":" + ADA + "}")
                .post(path + "/confirm")
                .then()
                .statusCode(200)
                .extract()
                .response();
        guest(hold.path("manageToken")).get(path).then().statusCode(401);
        guest(confirmed.path("manageToken")).get(path).then().statusCode(200);
    }

    @Test
    void whoMakesAHoldAndConfirmsItHasTheLinkOfItsGuest() {
        Response hold = held(machine("widget"));
        String path = "/v1/reservations/" + hold.path("id");
        as(machine("widget"))
                .body("{\"guest\":" + ADA + "}")
                .post(path + "/confirm")
                .then()
                .statusCode(200);
        guest(hold.path("manageToken")).get(path).then().statusCode(200).body("guest.name", equalTo("Ada"));
    }

    @Test
    void whatAGuestOfAPublishableKeyConfirmsIsNotForWhoMadeTheHold() {
        String widget = ofPublishableKey("203.0.113.71");
        Response hold = held(tokens.withScopes("reservations:write"));
        String path = "/v1/reservations/" + hold.path("id");
        guest(hold.path("manageToken")).get(path).then().statusCode(200);
        confirmed(widget, hold);
        guest(hold.path("manageToken")).get(path).then().statusCode(401);
        guest(as(tokens.good()).get(path).path("manageToken"))
                .get(path)
                .then()
                .statusCode(200)
                .body("guest.name", equalTo("Ada"));
    }

    @Test
    void aHoldThatStaffFilledInAndAnotherGuestConfirmsIsNoLongerTheFirstOnesToOpen() {
        Response hold = held(machine("front-desk"));
        String path = "/v1/reservations/" + hold.path("id");
        Response filled = edited(path, "{\"guest\":{\"name\":\"Zoe\",\"email\":\"zoe@example.org\"}}");
        guest(filled.path("manageToken")).get(path).then().statusCode(200);
        confirmed(ofPublishableKey("203.0.113.72"), hold);
        guest(filled.path("manageToken")).get(path).then().statusCode(401);
    }

    @Test
    void whoHoldsAndConfirmsByAPublishableKeyKeepsTheLink() {
        String widget = ofPublishableKey("203.0.113.73");
        Response hold = held(widget);
        String path = "/v1/reservations/" + hold.path("id");
        String link = as(tokens.good()).get(path).path("manageToken");
        confirmed(widget, hold);
        guest(link).get(path).then().statusCode(200).body("guest.name", equalTo("Ada"));
    }

    private static void confirmed(String token, Response hold) {
        as(token)
                .header("Lasttable-Watch-Token", hold.<String>path("watchToken"))
                .body("{\"guest\":" + ADA + "}")
                .post("/v1/reservations/" + hold.path("id") + "/confirm")
                .then()
                .statusCode(200);
    }

    /** The token of a guest who came from this address, through a key of the venue. */
    private String ofPublishableKey(String address) {
        String key = "/v1/publishable-keys/" + UUID.randomUUID();
        String origin = "https://chez-nous.example";
        as(tokens.good())
                .body("{\"venueId\":\"%s\",\"origins\":[\"%s\"]}".formatted(venue, origin))
                .put(key)
                .then()
                .statusCode(201);
        return given().header("Origin", origin)
                .header("X-Forwarded-For", address)
                .post(key + "/tokens")
                .then()
                .statusCode(200)
                .extract()
                .path("access_token");
    }

    private Response held(String token) {
        return as(token)
                .body("{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2}".formatted(DATE))
                .post("/v1/venues/" + venue + "/holds")
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    /** A client of its own that may read and write. */
    private String machine(String client) {
        return tokens.of(client, "reservations:write reservations:read");
    }

    @CanIgnoreReturnValue
    private Response edited(String path, String patch) {
        return as(machine("front-desk"))
                .header("If-Match", "*")
                .body(patch)
                .patch(path)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }

    @Test
    void aGuestInLineTakesTheOfferOrLeaves() {
        String full = venue + "-full";
        publish(full, venueJson("T1"));
        Response first = booked(full, DATE, "19:00");
        Response entry = joined(full);
        Response leaving = joined(full);
        String path = "/v1/waitlist/" + entry.path("id");
        String link = entry.path("manageToken");
        guest(link)
                .get(path)
                .then()
                .statusCode(200)
                .body("guest.name", equalTo("Ada"))
                .body("status", equalTo("waiting"));
        guest(leaving.path("manageToken")).get(path).then().statusCode(404);
        guest(leaving.path("manageToken"))
                .delete("/v1/waitlist/" + leaving.path("id"))
                .then()
                .statusCode(200)
                .body("status", equalTo("withdrawn"));
        as(tokens.good())
                .post("/v1/reservations/" + first.path("id") + "/cancel")
                .then()
                .statusCode(200);
        Response taken = guest(link)
                .post(path + "/accept")
                .then()
                .statusCode(200)
                .extract()
                .response();
        assertThat(taken.<String>path("status")).isEqualTo("confirmed");
        guest(taken.path("manageToken"))
                .post("/v1/reservations/" + taken.path("id") + "/cancel")
                .then()
                .statusCode(200);
    }

    @Test
    void aReservationGoesIntoACalendarByItsAddressAlone() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        String address = path + "/calendar.ics?manageToken=" + booked.path("manageToken");
        given().get(address)
                .then()
                .statusCode(200)
                .contentType("text/calendar")
                .body(containsString("UID:" + booked.path("id")))
                .body(containsString("STATUS:CONFIRMED"))
                .body(containsString("SUMMARY:Chez Nous (2)"));
        given().get(path + "/calendar.ics").then().statusCode(401);
        given().get(path + "/calendar.ics?manageToken=x").then().statusCode(401);
        as(tokens.withScopes("reservations:read"))
                .get(path + "/calendar.ics")
                .then()
                .statusCode(200);
        guest(booked.path("manageToken")).post(path + "/cancel").then().statusCode(200);
        given().get(address).then().body(containsString("STATUS:CANCELLED")).body(containsString("SEQUENCE:2"));
    }

    @Test
    void theAddressForCalendarProgramsShowsTheEntryAndChangesNothing() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        String address = guest(booked.path("manageToken")).get(path).path("calendarUrl");
        given().get(address)
                .then()
                .statusCode(200)
                .contentType("text/calendar")
                .body(containsString("UID:" + booked.path("id")));
        String token = address.substring(address.lastIndexOf('/') + 1, address.length() - ".ics".length());
        guest(token).get(path).then().statusCode(401);
        guest(token).post(path + "/cancel").then().statusCode(401);
        change(token, path, "{\"partySize\":1}").statusCode(401);
        given().get("/v1/calendar/reservations/" + booked.path("manageToken") + ".ics")
                .then()
                .statusCode(401);

        edited(path, "{\"guest\":{\"name\":\"Zoe\",\"email\":\"zoe@example.org\",\"phone\":null}}");
        given().get(address).then().statusCode(401);
    }

    @Test
    void aPageOfAnyOriginMayUseIt() {
        Response booked = booked(venue, DATE, "19:00");
        String path = "/v1/reservations/" + booked.path("id");
        given().header("Origin", "https://chez-nous.example")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "lasttable-manage-token,if-match,content-type")
                .options(path)
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Headers", containsString(LINK));
        guest(booked.path("manageToken"))
                .header("Origin", "https://chez-nous.example")
                .get(path)
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Expose-Headers", containsString("ETag"));
    }

    private Response booked(String where, String date, String time) {
        String body = bookingJson(date, time, ADA)
                .replace("{\"date", "{\"note\":\"a high chair\",\"metadata\":{\"vip\":\"yes\"},\"date");
        return as(tokens.good())
                .body(body)
                .post("/v1/venues/" + where + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    private Response joined(String where) {
        return as(tokens.good())
                .body("{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":%s}"
                        .formatted(DATE, ADA))
                .post("/v1/venues/" + where + "/waitlist")
                .then()
                .statusCode(201)
                .extract()
                .response();
    }

    private void publish(String id, String json) {
        as(tokens.good()).body(json).put("/v1/venues/" + id).then().statusCode(201);
    }

    private static ValidatableResponse change(String link, String path, String patch) {
        return guest(link).header("If-Match", "*").body(patch).patch(path).then();
    }

    private static RequestSpecification guest(String link) {
        return given().contentType("application/json").header(LINK, link);
    }

    private static RequestSpecification as(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }

    private void execute(String sql) {
        var done = database.query(sql).execute().await().atMost(Duration.ofSeconds(10));
        assertThat(done).isNotNull();
    }
}
