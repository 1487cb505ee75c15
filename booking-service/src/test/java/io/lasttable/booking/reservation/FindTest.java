package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How hosts and integrators find reservations again, and what their own systems call these. */
@QuarkusTest
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read guests:erase"),
            @Claim(key = "venue_ids", value = "*")
        })
class FindTest {

    private static final String LIST = "/v1/venues/finding/reservations";
    private static final String NEXT = LocalDate.parse(DATE).plusDays(1).toString();
    private static boolean filled;

    @BeforeEach
    void fillOnce() {
        if (filled) {
            return;
        }
        filled = true;
        publish("finding", "T1", "T2", "T3");
        made(DATE, "19:00", "Ada Lovelace", "ada@example.org", "01 23 45 67 89", "R-1");
        made(DATE, "20:30", "Ada Byron", "Ada.Byron@EXAMPLE.org", "+44 20 7946 0000", "R-2");
        made(NEXT, "19:00", "Grace Hopper", "gräce@müller.de", "+33 6 12 34 56 78", "R-3");
        made(NEXT, "20:30", "100%_sure", "ada@example.org", "06 12 34 56 78", "R-4");
    }

    @Test
    void datesNarrowDown() {
        find("").body("items.externalId", contains("R-1", "R-2", "R-3", "R-4"));
        find("?date=" + NEXT).body("items.externalId", contains("R-3", "R-4"));
        find("?from=" + NEXT).body("items.externalId", contains("R-3", "R-4"));
        find("?to=" + DATE + "&status=confirmed,held").body("items.externalId", contains("R-1", "R-2"));
        find("?from=" + DATE + "&to=" + NEXT + "&status=seated").body("items", empty());
    }

    @Test
    void aGuestIsFoundByAnySpellingOfTheirNumberOrAddress() {
        for (String phone : List.of("01 23 45 67 89", "+33 1 23 45 67 89", "0033123456789", "+33 (0)1.23.45.67.89")) {
            find("?phone=" + encoded(phone)).body("items.externalId", contains("R-1"));
        }
        find("?phone=+33123456789").body("items.externalId", contains("R-1"));
        find("?phone=" + encoded("06 12 34 56 78")).body("items.externalId", contains("R-3", "R-4"));
        find("?phone=" + encoded("06 12 34 56 78") + "&to=" + DATE).body("items", empty());
        find("?phone=" + encoded("+49 6 12 34 56 78")).body("items", empty());
        find("?email=ADA@Example.org").body("items.externalId", contains("R-1", "R-4"));
        find("?email=" + encoded("GRÄCE@xn--mller-kva.de")).body("items.externalId", contains("R-3"));
        find("?email=nobody@example.org").body("items", empty());
    }

    @Test
    void aPartOfWhatIsKnownOfThemFindsThem() {
        find("?q=ada").body("items.externalId", contains("R-1", "R-2", "R-4"));
        find("?q=LOVE").body("items.externalId", contains("R-1"));
        find("?q=byron@").body("items.externalId", contains("R-2"));
        find("?q=7946").body("items.externalId", contains("R-2"));
        find("?q=R-3").body("items.externalId", contains("R-3"));
        find("?q=" + encoded("100%")).body("items.externalId", contains("R-4"));
        find("?q=" + encoded("%_")).body("items.externalId", contains("R-4"));
        find("?q=ada&from=" + NEXT).body("items.externalId", contains("R-4"));
        find("?q=ada&to=" + LocalDate.parse(DATE).minusDays(1)).body("items", empty());
    }

    @Test
    void pagesFollowOneAnotherWhateverIsLookedFor() {
        for (String query : List.of("?q=ada", "?email=ada@example.org", "?status=confirmed", "?from=" + DATE)) {
            assertThat(walked(query + "&limit=1")).isEqualTo(walked(query + "&limit=200"));
        }
        assertThat(walked("?q=ada&limit=1")).containsExactly("R-1", "R-2", "R-4");
    }

    @Test
    void whatHasChangedIsFoundInTheOrderOfItsChange() {
        publish("changing", "T1", "T2", "T3");
        List<String> ids = new ArrayList<>();
        for (String time : List.of("21:30", "20:00", "18:30")) {
            ids.add(post("/v1/venues/changing/reservations", bookingJson(DATE, time, "{\"name\":\"Ada\"}"))
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
        }
        given().post("/v1/reservations/" + ids.get(0) + "/cancel").then().statusCode(200);
        String all = "/v1/venues/changing/reservations?updatedSince=2026-01-01T00:00:00Z";
        given().get(all).then().body("items.id", contains(ids.get(1), ids.get(2), ids.get(0)));
        Response first = given().get(all + "&limit=2");
        given().get(all + "&limit=2&cursor=" + first.path("cursor")).then().body("items.id", contains(ids.get(0)));
        given().get("/v1/venues/changing/reservations?updatedSince=2999-01-01T00:00:00Z")
                .then()
                .body("items", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?date=2026-11-28&from=2026-11-28",
                "?from=2026-11-28&to=2026-11-27",
                "?from=28.11.2026",
                "?to=+999999999-12-31",
                "?q=a",
                "?q=%E2%80%8B%E2%80%8B",
                "?q=ada&from=2026-01-01&to=2027-12-31",
                "?q=ada&phone=%2B33123456789",
                "?phone=call%20me",
                "?phone=%2B33",
                "?email=ada",
                "?externalId=R-1&date=2026-11-28",
                "?updatedSince=yesterday",
                "?updatedSince=2026-11-28T00:00:00Z&status=held",
                "?updatedSince=2026-11-28T00:00:00Z&cursor=AAAA",
                "?updatedSince=%2B1000000000-12-31T23:59:59Z",
                "?cursor=AAAA",
                "?limit=0",
                "?name=ada"
            })
    void aSearchThatIsNoneIsRefused(String query) {
        given().urlEncodingEnabled(false)
                .get(LIST + query)
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/validation-error"));
    }

    @Test
    void anExternalIdIsOfOneReservationOnly() {
        publish("named", "T1", "T2");
        String body = labelled(DATE, "19:00", "\"externalId\":\"X-1\",\"metadata\":{\"order\":\"42\",\"от\":\"друг\"}");
        String id = post("/v1/venues/named/reservations", body)
                .then()
                .statusCode(201)
                .body("externalId", equalTo("X-1"))
                .body("metadata.order", equalTo("42"))
                .body("metadata.от", equalTo("друг"))
                .extract()
                .path("id");
        given().get("/v1/reservations/" + id).then().body("metadata.order", equalTo("42"));
        post("/v1/venues/named/reservations", body)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/external-id-taken"))
                .body("reservationId", equalTo(id));
        post("/v1/venues/named/reservations", labelled(NEXT, "21:00", "\"externalId\":\"X-1\""))
                .then()
                .statusCode(409)
                .body("reservationId", equalTo(id));
        given().get("/v1/venues/named/reservations?externalId=X-1").then().body("items.id", contains(id));
        given().get("/v1/venues/named/reservations?externalId=X-2").then().body("items", empty());
        publish("named-too", "T1");
        post("/v1/venues/named-too/reservations", body).then().statusCode(201);
    }

    @Test
    void whoRepeatsWithAKeyGetsTheFirstAnswer() {
        publish("named-again", "T1", "T2");
        String body = labelled(DATE, "19:00", "\"externalId\":\"K-1\"");
        var request = json().header("Idempotency-Key", "external-1").body(body);
        String id = request.post("/v1/venues/named-again/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        request.post("/v1/venues/named-again/reservations")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("id", equalTo(id));
    }

    @Test
    void aHoldKeepsItsLabelsWhenItIsConfirmed() {
        publish("held-labels", "T1");
        String id = post(
                        "/v1/venues/held-labels/holds",
                        "{\"date\":\"" + DATE
                                + "\",\"time\":\"19:00\",\"partySize\":2,\"externalId\":\"H-1\",\"metadata\":{\"a\":\"b\"}}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        post("/v1/reservations/" + id + "/confirm", "{\"guest\":{\"name\":\"Ada\"}}")
                .then()
                .statusCode(200)
                .body("externalId", equalTo("H-1"))
                .body("metadata.a", equalTo("b"));
    }

    @Test
    void waitlistEntriesHaveThemToo() {
        publish("labelled-line", "T1");
        String join =
                "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"21:00\",\"partySize\":2,\"guest\":{\"name\":\"Ada\"},"
                                .formatted(DATE)
                        + "\"externalId\":\"W-1\",\"metadata\":{\"via\":\"app\"}}";
        String id = post("/v1/venues/labelled-line/waitlist", join)
                .then()
                .statusCode(201)
                .body("externalId", equalTo("W-1"))
                .extract()
                .path("id");
        given().get("/v1/waitlist/" + id).then().body("metadata.via", equalTo("app"));
        post("/v1/venues/labelled-line/waitlist", join)
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/external-id-taken"));
    }

    @Test
    void whatIsKeptWithAReservationGoesWithTheGuest() {
        publish("labels-erased", "T1");
        String body = labelled(DATE, "19:00", "\"metadata\":{\"remark\":\"friend of Hypatia\"}")
                .replace("{\"name\":\"Ada\"}", "{\"name\":\"Hypatia\",\"email\":\"hypatia@labels.example\"}");
        String id = post("/v1/venues/labels-erased/reservations", body)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        post("/v1/guests/erase", "{\"email\":\"hypatia@labels.example\"}")
                .then()
                .statusCode(200);
        given().get("/v1/reservations/" + id).then().body("metadata", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"externalId\":\"\"",
                "\"externalId\":\"\\u0000\"",
                "\"externalId\":7",
                "\"metadata\":[]",
                "\"metadata\":{\"a\":1}",
                "\"metadata\":{\"a\":\"\\ud800\"}",
                "\"metadata\":{\"\\u0000\":\"a\"}",
                "\"metadata\":{\"a\":{}}",
                "\"metadata\":{\"a\":null}"
            })
    void labelsAreShortStrings(String labels) {
        post("/v1/venues/finding/reservations", labelled(DATE, "22:00", labels))
                .then()
                .statusCode(400)
                .body("errors", hasSize(1));
    }

    @Test
    void anImportedLineIsKnownByItsExternalId() {
        publish("imported-ids", "T1", "T2");
        post("/v1/venues/imported-ids/reservations", labelled(DATE, "19:00", "\"externalId\":\"C-1\""))
                .then()
                .statusCode(201);
        String csv = "Confirmation #,Date,Time,Covers,Name\n";
        String sent = csv + "C-1," + DATE + ",19:00,2,Ada\nC-2," + DATE + ",19:00,2,Bo\n";
        imported(sent).body("imported", equalTo(2)).body("replayed", equalTo(1));
        imported(sent.replace("19:00,2,Bo", "21:00,2,Bo"))
                .body("imported", equalTo(2))
                .body("replayed", equalTo(2));
        imported(csv + "C-3," + NEXT + ",19:00,2,Cy\nC-3," + NEXT + ",21:00,2,Cy\n")
                .body("imported", equalTo(0))
                .body("errors[0].detail", equalTo("another line has this externalId"));
        given().get("/v1/venues/imported-ids/reservations")
                .then()
                .body("items.externalId", containsInAnyOrder("C-1", "C-2"));
    }

    private static ValidatableResponse imported(String csv) {
        return given().contentType("text/csv")
                .body(csv.getBytes(UTF_8))
                .post("/v1/venues/imported-ids/reservations/import")
                .then()
                .statusCode(200);
    }

    private static void made(String date, String time, String name, String email, String phone, String externalId) {
        String guest = "{\"name\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\"}".formatted(name, email, phone);
        String body =
                bookingJson(date, time, guest).replace("{\"date\"", "{\"externalId\":\"" + externalId + "\",\"date\"");
        post(LIST, body).then().statusCode(201);
    }

    private static String labelled(String date, String time, String labels) {
        return bookingJson(date, time, "{\"name\":\"Ada\"}").replace("{\"date\"", "{" + labels + ",\"date\"");
    }

    private static ValidatableResponse find(String query) {
        return given().urlEncodingEnabled(false).get(LIST + query).then().statusCode(200);
    }

    private static List<String> walked(String query) {
        List<String> found = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            Response page =
                    given().urlEncodingEnabled(false).get(LIST + query + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            List<String> items = page.path("items.externalId");
            found.addAll(items);
            cursor = page.path("cursor");
        }
        return found;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
