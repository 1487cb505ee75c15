package io.lasttable.booking.waitlist;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The line as staff see it, change its order, and keep things of their own with it. */
@QuarkusTest
@TestSecurity(user = "maitre")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read"),
            @Claim(key = "venue_ids", value = "*")
        })
class LineTest {

    private static final String NEXT_DAY = LocalDate.parse(DATE).plusDays(1).toString();

    @Test
    void theLineIsListedInItsOrderAPageAtATime() {
        publish("listed-line", "T1");
        String table = booked("listed-line", "19:00");
        booking("listed-line", NEXT_DAY);
        String later = joined("listed-line", NEXT_DAY, "");
        String first = joined("listed-line", DATE, "");
        String gone = joined("listed-line", DATE, "");
        String second = joined("listed-line", DATE, "");
        given().delete("/v1/waitlist/" + gone).then().statusCode(200);

        assertThat(walked("listed-line", "?limit=1")).containsExactly(first, gone, second, later);
        line("listed-line", "?date=" + DATE + "&status=waiting")
                .body("items.id", contains(first, second))
                .body("items.position", contains(1, 2))
                .body("items[0].guest.name", equalTo("Ada"))
                .body("cursor", nullValue());
        line("listed-line", "?date=" + DATE + "&status=withdrawn,offered")
                .body("items.id", contains(gone))
                .body("items.position", contains(nullValue()));
        line("listed-line", "?to=2000-01-01&from=2000-01-01").body("items", empty());
        post("/v1/reservations/" + table + "/cancel", "").then().statusCode(200);
        line("listed-line", "?date=" + DATE + "&status=offered").body("items.id", contains(first));
        line("listed-line", "?date=" + DATE + "&status=waiting").body("items.position", contains(1));
        given().get("/v1/waitlist/" + second).then().body("position", equalTo(1));
        for (String wrong :
                new String[] {"?status=lost", "?date=" + DATE + "&from=" + DATE, "?cursor=x", "?limit=0", "?day=1"}) {
            given().get("/v1/venues/listed-line/waitlist" + wrong).then().statusCode(400);
        }
        given().get("/v1/venues/no-such-line/waitlist").then().statusCode(404);
    }

    @Test
    void staffChangeWhoComesFirstAndTheOfferGoesThere() {
        publish("ordered-line", "T1");
        String table = booked("ordered-line", "19:00");
        List<String> joined = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            joined.add(joined("ordered-line", DATE, ""));
        }
        patch(joined.get(3), "1", "{\"position\":1}").statusCode(200).body("version", equalTo(2));
        line("ordered-line", "?date=" + DATE)
                .body("items.id", contains(joined.get(3), joined.get(0), joined.get(1), joined.get(2)))
                .body("items.version", contains(2, 1, 1, 1));
        patch(joined.get(0), "1", "{\"position\":99}").statusCode(200);
        patch(joined.get(0), "2", "{\"position\":4}").statusCode(200).body("version", equalTo(2)); // it is there
        patch(joined.get(1), "7", "{\"position\":1}").statusCode(412);
        json().body("{\"position\":1}")
                .patch("/v1/waitlist/" + joined.get(1))
                .then()
                .statusCode(428);
        patch(joined.get(1), "1", "{\"position\":0}").statusCode(400);
        patch(joined.get(1), "1", "{\"position\":null}").statusCode(400);
        line("ordered-line", "?date=" + DATE)
                .body("items.id", contains(joined.get(3), joined.get(1), joined.get(2), joined.get(0)));

        post("/v1/reservations/" + table + "/cancel", "").then().statusCode(200);
        line("ordered-line", "?status=offered").body("items.id", contains(joined.get(3)));
        patch(joined.get(3), "*", "{\"position\":2}").statusCode(409);
        JsonPath news = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> given().get("/v1/venues/ordered-line/changes").jsonPath(),
                        page -> page.getList("items.data.cause").contains("offered"));
        assertThat(news.getList("items.findAll { it.data.cause == 'reordered' }.data.position"))
                .containsExactly(1, 4);
        assertThat(news.getList("items.findAll { it.data.cause == 'reordered' }.type"))
                .containsOnly("io.lasttable.waitlist.changed");
    }

    @Test
    void whatIsKeptWithAnEntryIsPatchedAndGoesWithTheReservation() {
        publish("kept-in-line", "T1");
        String table = booked("kept-in-line", "19:00");
        String id = joined(
                "kept-in-line", DATE, ",\"externalId\":\"W-1\",\"metadata\":{\"seat\":\"window\",\"vip\":\"yes\"}");
        String other = joined("kept-in-line", DATE, ",\"externalId\":\"W-2\"");
        patch(id, "1", "{\"externalId\":\"W-3\",\"metadata\":{\"vip\":null,\"cake\":\"lemon\"}}")
                .statusCode(200)
                .body("externalId", equalTo("W-3"))
                .body("metadata", equalTo(java.util.Map.of("seat", "window", "cake", "lemon")));
        patch(id, "2", "{\"externalId\":\"W-2\"}").statusCode(409).body("type", equalTo("/problems/external-id-taken"));
        patch(other, "1", "{\"metadata\":{\"a\":1}}").statusCode(400);
        post("/v1/reservations/" + table + "/cancel", "").then().statusCode(200);
        post("/v1/waitlist/" + id + "/accept", "")
                .then()
                .statusCode(200)
                .body("metadata.cake", equalTo("lemon"))
                .body("externalId", nullValue());
        patch(id, "*", "{\"metadata\":null,\"externalId\":null}")
                .statusCode(200)
                .body("metadata", nullValue())
                .body("externalId", nullValue());
    }

    @Test
    void whatIsKeptWithAReservationIsPatchedWhateverHasBecomeOfIt() {
        publish("kept-labels", "T1", "T2");
        String id = booked("kept-labels", "19:00");
        String patch = "{\"externalId\":\"R-1\",\"metadata\":{\"pos\":\"4711\"}}";
        reservation(id, patch).statusCode(200).body("version", equalTo(2)).body("metadata.pos", equalTo("4711"));
        reservation(id, patch).statusCode(200).body("version", equalTo(2));
        post("/v1/reservations/" + id + "/cancel", "").then().statusCode(200).body("externalId", equalTo("R-1"));
        reservation(id, "{\"metadata\":{\"refund\":\"done\"}}")
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("metadata", hasEntry("pos", "4711"))
                .body("metadata", hasEntry("refund", "done"));
        reservation(id, "{\"note\":\"too late\",\"metadata\":null}").statusCode(409);
        given().get("/v1/reservations/" + id).then().body("metadata", not(anEmptyMap()));
        StringBuilder many = new StringBuilder();
        for (int n = 0; n < 19; n++) {
            many.append(n == 0 ? "" : ",").append("\"k%d\":\"v\"".formatted(n));
        }
        reservation(id, "{\"metadata\":{" + many + "}}").statusCode(400).body("errors.pointer", contains("/metadata"));
        String second = booked("kept-labels", "21:00");
        reservation(second, "{\"externalId\":\"R-1\"}")
                .statusCode(409)
                .body("type", equalTo("/problems/external-id-taken"));
        given().get("/v1/reservations/" + id + "/history")
                .then()
                .body("items.kind", contains("confirmed", "changed", "cancelled", "changed"))
                .body("items[1].previous.personal", contains("externalId", "metadata"));
    }

    private static void booking(String venue, String date) {
        post("/v1/venues/" + venue + "/reservations", bookingJson(date, "19:00", "{\"name\":\"Bo\"}"))
                .then()
                .statusCode(201);
    }

    private static String joined(String venue, String date, String more) {
        String wish =
                "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Ada\"}%s}";
        return post("/v1/venues/" + venue + "/waitlist", wish.formatted(date, more))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static ValidatableResponse patch(String id, String version, String patch) {
        return json().header("If-Match", version.equals("*") ? "*" : "\"" + version + "\"")
                .body(patch)
                .patch("/v1/waitlist/" + id)
                .then();
    }

    private static ValidatableResponse reservation(String id, String patch) {
        return json().header("If-Match", "*")
                .body(patch)
                .patch("/v1/reservations/" + id)
                .then();
    }

    private static ValidatableResponse line(String venue, String query) {
        return given().get("/v1/venues/" + venue + "/waitlist" + query).then().statusCode(200);
    }

    private static List<String> walked(String venue, String query) {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonPath page = line(venue, query + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("items.id"));
            cursor = page.getString("cursor");
        }
        return ids;
    }
}
