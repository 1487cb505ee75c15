package io.lasttable.booking.venue;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.NOON;
import static io.lasttable.booking.BookingWorld.alwaysOpen;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.lasttable.booking.BookingWorld.soon;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a service takes, where and until when, as docs/booking-api.md tells it. */
@QuarkusTest
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read reservations:override"),
            @Claim(key = "venue_ids", value = "*")
        })
class ServiceRulesTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @Inject
    Pool database;

    @Test
    void aTableIsMadeReadyBetweenTwoPartiesUnlessStaffSayThatItIs() {
        publishAs("rules-buffer", with("\"turnBuffer\":\"PT15M\"", "T1"));
        book("rules-buffer", DATE, "18:30", "").statusCode(201).body("endsAt", equalTo(instant(DATE, "20:00", PARIS)));
        book("rules-buffer", DATE, "20:00", "")
                .statusCode(409)
                .body("cause", equalTo("buffer"))
                .body("alternatives[0].time", equalTo("20:30"));
        String id = book("rules-buffer", DATE, "20:00", ",\"override\":[\"buffer\"]")
                .statusCode(201)
                .extract()
                .path("id");
        given().get("/v1/reservations/" + id + "/history").then().body("items.overrides", contains(List.of("buffer")));
        book("rules-buffer", DATE, "19:30", ",\"override\":[\"buffer\"]")
                .statusCode(409)
                .body("cause", equalTo("table-taken"));
    }

    @Test
    void aNewBufferMovesNobody() {
        publishAs("rules-new-buffer", venueJson("T1"));
        String first = book("rules-new-buffer", DATE, "18:30", "")
                .statusCode(201)
                .extract()
                .path("id");
        book("rules-new-buffer", DATE, "20:00", "").statusCode(201);
        replace("rules-new-buffer", with("\"turnBuffer\":\"PT30M\"", "T1"), "?validate=only")
                .statusCode(200);
        replace("rules-new-buffer", with("\"turnBuffer\":\"PT30M\"", "T1"), "")
                .statusCode(200)
                .body("turnBuffer", equalTo("PT30M"));
        json().header("If-Match", "*")
                .body("{\"partySize\":1,\"note\":\"by the window\"}")
                .patch("/v1/reservations/" + first)
                .then()
                .statusCode(200);
        book("rules-new-buffer", DATE, "21:30", "").statusCode(409);
        book("rules-new-buffer", DATE, "22:00", "").statusCode(201);
    }

    @Test
    void aFloorPlanOfAServiceNamesWhoSitsOutsideItBeforeItHolds() {
        String house = venueJson("M1", "G1")
                .replace("\"id\":\"G1\"", "\"id\":\"G1\",\"area\":\"terrace\"")
                .replace("\"id\":\"M1\"", "\"id\":\"M1\",\"area\":\"main\"");
        String indoors = house.replace("\"turnTimes\"", "\"floorPlan\":{\"areas\":[\"main\"]},\"turnTimes\"");
        publishAs("rules-floor", house);
        String id = book("rules-floor", DATE, "19:00", ",\"area\":\"terrace\"")
                .statusCode(201)
                .extract()
                .path("id");
        for (String dryRun : List.of("?validate=only", "")) {
            replace("rules-floor", indoors, dryRun)
                    .statusCode(409)
                    .body("type", equalTo("/problems/venue-has-reservations"))
                    .body("reservations.id", contains(id))
                    .body("reservations[0].tables", contains("G1"));
        }
        post("/v1/reservations/" + id + "/cancel", "").then().statusCode(200);
        replace("rules-floor", indoors, "").statusCode(200).body("servicePeriods[0].floorPlan.areas", contains("main"));
        book("rules-floor", DATE, "19:00", ",\"area\":\"terrace\"")
                .statusCode(422)
                .body("reason", equalTo("no-such-area"));
        book("rules-floor", DATE, "19:00", ",\"tables\":[\"G1\"]")
                .statusCode(400)
                .body("errors.pointer", contains("/tables"));
        book("rules-floor", DATE, "19:00", "").statusCode(201).body("tables", contains("M1"));
        book("rules-floor", DATE, "19:00", "").statusCode(409).body("cause", equalTo("table-taken"));
    }

    @Test
    void aDayTakesNobodyNewFromItsCutoffOn() {
        publishAs("rules-cutoff", cutOffAt("00:00"));
        ZonedDateTime soon = soon();
        String date = soon.toLocalDate().toString();
        String time = soon.toLocalTime().toString();
        book("rules-cutoff", date, time, "")
                .statusCode(422)
                .body("type", equalTo("/problems/past-cutoff"))
                .body("closedAt", equalTo(instant(date, "00:00", NOON)))
                .body("phone", equalTo("+33142000000"));
        String join = "{\"date\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"partySize\":2,\"guest\":{\"name\":\"Ada\"}}";
        post("/v1/venues/rules-cutoff/waitlist", join.formatted(date, time, time))
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/past-cutoff"));
        String id = book("rules-cutoff", date, time, ",\"override\":[\"cutoff\"]")
                .statusCode(201)
                .extract()
                .path("id");
        given().get("/v1/reservations/" + id + "/history").then().body("items.overrides", contains(List.of("cutoff")));
        book("rules-cutoff", soon.plusDays(1).toLocalDate().toString(), time, "")
                .statusCode(201);
    }

    @Test
    void aCutoffIsToldAsItPassesThoughNobodyBooks() {
        ZonedDateTime soon = soon();
        String date = soon.toLocalDate().toString();
        String time = soon.toLocalTime().toString();
        publishAs("rules-later", cutOffAt("23:00"));
        assertThat(day("rules-later", date).getOffsetDateTime("closes_at").toInstant())
                .isEqualTo(Instant.parse(instant(date, "23:00", NOON)));
        book("rules-later", date, time, "").statusCode(201);

        publishAs("rules-news", cutOffAt("00:00"));
        isStillToBeToldOf("rules-news", date);
        await().until(() -> day("rules-news", date).getLong("version") == 2);
        assertThat(day("rules-news", date).getValue("closes_at")).isNull();
        book("rules-news", date, time, "").statusCode(422);
        assertThat(day("rules-news", LocalDate.parse(date).plusDays(1).toString())
                        .getLong("version"))
                .isEqualTo(1);
    }

    @Test
    void whatCannotBeIsRefusedWithItsPlace() {
        String body = with("\"turnBuffer\":\"PT3H\",\"phone\":\"12\"", "T1")
                .replace("\"minNotice\":\"PT0M\"", "\"minNotice\":\"PT0M\",\"sameDayCutoff\":\"4pm\"")
                .replace("\"turnTimes\"", "\"sameDayCutoff\":16,\"floorPlan\":{},\"turnTimes\"");
        json().body(body)
                .put("/v1/venues/rules-refused")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/turnBuffer"))
                .body("errors.pointer", hasItem("/phone"))
                .body("errors.pointer", hasItem("/bookingWindow/sameDayCutoff"))
                .body("errors.pointer", hasItem("/servicePeriods/0/sameDayCutoff"))
                .body("errors.pointer", hasItem("/servicePeriods/0/floorPlan/areas"));
        String unknown = venueJson("T1")
                .replace("\"turnTimes\"", "\"floorPlan\":{\"areas\":[\"roof\"],\"tables\":[\"T9\"]},\"turnTimes\"");
        json().body(unknown)
                .put("/v1/venues/rules-refused")
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        contains("/servicePeriods/0/floorPlan/areas/0", "/servicePeriods/0/floorPlan/tables/0"));
    }

    private static String with(String members, String... tables) {
        String venue = venueJson(tables);
        return venue.substring(0, venue.lastIndexOf('}')) + "," + members + "}";
    }

    private static String cutOffAt(String time) {
        String venue = alwaysOpen("T1")
                .replace("\"minNotice\":\"PT0M\"", "\"minNotice\":\"PT0M\",\"sameDayCutoff\":\"" + time + "\"");
        return venue.substring(0, venue.lastIndexOf('}')) + ",\"phone\":\"+33 1 42 00 00 00\"}";
    }

    private static String instant(String date, String time, ZoneId zone) {
        return LocalDate.parse(date)
                .atTime(LocalTime.parse(time))
                .atZone(zone)
                .toInstant()
                .toString();
    }

    private static ValidatableResponse book(String venue, String date, String time, String more) {
        String body = bookingJson(date, time, "{\"name\":\"Ada\"}");
        return post("/v1/venues/" + venue + "/reservations", body.substring(0, body.length() - 1) + more + "}")
                .then();
    }

    private static ValidatableResponse replace(String venue, String body, String query) {
        return json().header("If-Match", "*")
                .body(body)
                .put("/v1/venues/" + venue + query)
                .then();
    }

    /** As a day stands in the moment in which its cutoff passes: nobody has been told yet. */
    private void isStillToBeToldOf(String venue, String date) {
        assertThat(asked("update day set closes_at = now() where venue_id = $1 and date = $2", venue, date)
                        .rowCount())
                .isEqualTo(1);
    }

    private Row day(String venue, String date) {
        return asked("select version, closes_at from day where venue_id = $1 and date = $2", venue, date)
                .iterator()
                .next();
    }

    private RowSet<Row> asked(String statement, String venue, String date) {
        return database.preparedQuery(statement)
                .execute(Tuple.of(venue, LocalDate.parse(date)))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
