package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What staff override, as docs/booking-api.md tells it. */
@QuarkusTest
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read reservations:override"),
            @Claim(key = "venue_ids", value = "*")
        })
class OverridesTest {

    private static final String FAR = LocalDate.parse(DATE).plusDays(200).toString();

    @Test
    void staffBookBeyondTheWindowAndTheDateIsTheSameOneWhenItOpens() {
        publishAs("override-window", venueJson("T1"));
        book("override-window", FAR, "19:00", "").statusCode(422).body("reason", equalTo("outside-booking-window"));
        book("override-window", FAR, "19:00", ",\"override\":[\"window\"]").statusCode(201);
        book("override-window", FAR, "19:30", ",\"override\":[\"window\"]")
                .statusCode(409)
                .body("cause", equalTo("table-taken"));
        json().header("If-Match", "\"1\"")
                .body(venueJson("T1").replace("\"maxDaysAhead\":10", "\"maxDaysAhead\":300"))
                .put("/v1/venues/override-window")
                .then()
                .statusCode(200);
        book("override-window", FAR, "19:00", "").statusCode(409);
        book("override-window", FAR, "21:00", "").statusCode(201);
    }

    @Test
    void aBlockHoldsOnADateThatOnlyStaffHaveOpened() {
        publishAs("override-block", venueJson("T1"));
        json().body("{\"date\":\"%s\"}".formatted(FAR))
                .put("/v1/venues/override-block/blocks/closed")
                .then()
                .statusCode(201);
        book("override-block", FAR, "19:00", ",\"override\":[\"window\"]")
                .statusCode(409)
                .body("cause", equalTo("blocked"));
        book("override-block", FAR, "19:00", ",\"override\":[\"window\",\"block\"]")
                .statusCode(201);
    }

    @Test
    void staffSayHowLongAPartyStays() {
        publishAs("override-length", venueJson("T1"));
        String late = DATE + "T22:30:00Z";
        book("override-length", DATE, "18:30", ",\"endsAt\":\"" + late + "\"")
                .statusCode(400)
                .body("errors.pointer", contains("/endsAt"));
        String id = book("override-length", DATE, "18:30", ",\"endsAt\":\"" + late + "\",\"override\":[\"length\"]")
                .statusCode(201)
                .body("endsAt", equalTo(late))
                .extract()
                .path("id");
        String early = DATE + "T19:00:00Z";
        patch(id, "{\"endsAt\":\"" + early + "\"}").statusCode(409);
        patch(id, "{\"endsAt\":\"" + early + "\",\"override\":[\"length\"]}")
                .statusCode(200)
                .body("endsAt", equalTo(early));
        given().get("/v1/reservations/" + id + "/history")
                .then()
                .body("items.overrides", contains(List.of("length"), List.of("length")));
    }

    @Test
    @TestSecurity(user = "staff")
    @OidcSecurity(
            claims = {
                @Claim(key = "scope", value = "venues:write reservations:write reservations:read"),
                @Claim(key = "venue_ids", value = "*")
            })
    void whoLacksTheScopeOverridesNothing() {
        publishAs("override-scope", venueJson("T1"));
        book("override-scope", DATE, "19:00", ",\"override\":[\"notice\"]")
                .statusCode(403)
                .body("detail", containsString("reservations:override"));
        book("override-scope", DATE, "19:00", ",\"override\":[\"tables\"]")
                .statusCode(400)
                .body("errors.pointer", contains("/override/0"));
        post("/v1/venues/override-scope/holds", holdJson(",\"override\":[\"pacing\"]"))
                .then()
                .statusCode(403);
        String id = book("override-scope", DATE, "19:00", ",\"override\":[]")
                .statusCode(201)
                .extract()
                .path("id");
        patch(id, "{\"time\":\"20:00\",\"override\":[\"block\"]}").statusCode(403);
    }

    private static String holdJson(String more) {
        return "{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2%s}".formatted(DATE, more);
    }

    private static ValidatableResponse book(String venue, String date, String time, String more) {
        return post("/v1/venues/" + venue + "/reservations", bookingJson(date, time, "{\"name\":\"Ada\"}" + more))
                .then();
    }

    private static ValidatableResponse patch(String id, String body) {
        return json().header("If-Match", "*")
                .body(body)
                .patch("/v1/reservations/" + id)
                .then();
    }
}
