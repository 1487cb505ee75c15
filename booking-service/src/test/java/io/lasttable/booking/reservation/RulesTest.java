package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.alwaysOpen;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookedSoon;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What hosts and guests mean, as docs/booking-api.md tells it. */
@QuarkusTest
@AsStaff
class RulesTest {

    @Test
    void aZoneIsNotChangedUnderItsGuests() {
        String paris = venueJson("T1");
        publishAs("rules-zone", paris);
        String ada = booked("rules-zone", "19:00");
        replace("rules-zone", 1, paris.replace("Europe/Paris", "America/New_York"))
                .statusCode(409)
                .body("type", equalTo("/problems/venue-has-reservations"))
                .body("reservations.id", contains(ada))
                .body("reservations.status", contains("confirmed"));
        book("rules-zone", "19:00").then().statusCode(409);
        replace("rules-zone", 1, paris.replace("Europe/Paris", "Europe/Brussels"))
                .statusCode(200);
        book("rules-zone", "19:00").then().statusCode(409);
    }

    @Test
    void aChangeKeepsTheTablesThatStaffChoseAndTheAreaThatWasAskedFor() {
        String plan = seating("T2", 4, "hall", "T3", 4, "garden");
        publishAs("rules-chosen", plan);
        String id = post(
                        "/v1/venues/rules-chosen/reservations",
                        bookingJson(DATE, "19:00", "{\"name\":\"Ada\"},\"tables\":[\"T3\"]"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        patch(id, "{\"partySize\":4}").statusCode(200).body("tables", contains("T3"));
        replace("rules-chosen", 1, plan.replace("garden", "courtyard")).statusCode(200);
        patch(id, "{\"time\":\"20:00\"}").statusCode(200).body("tables", contains("T3"));
        patch(id, "{\"tables\":null}").statusCode(200);
        patch(id, "{\"partySize\":3}")
                .statusCode(200)
                .body("tables", contains("T2"))
                .body("area", equalTo("hall"));
    }

    @Test
    void limitsForNewBookingsDoNotBindWhoKeepsTheStart() {
        publish("rules-limits", "T1", "T2");
        String id = booked("rules-limits", "19:00");
        String strict = venueJson("T1", "T2")
                .replace("\"minNotice\":\"PT0M\"", "\"minNotice\":\"P10D\"")
                .replace("\"maxDaysAhead\":10", "\"maxDaysAhead\":1");
        replace("rules-limits", 1, strict).statusCode(200);
        patch(id, "{\"tables\":[\"T2\"]}").statusCode(200).body("tables", contains("T2"));
        patch(id, "{\"partySize\":1}").statusCode(200).body("partySize", equalTo(1));
        patch(id, "{\"time\":\"20:00\"}").statusCode(422).body("reason", equalTo("outside-booking-window"));
    }

    @Test
    void whoNoLongerFitsIsNamedBeforeAnythingIsDone() {
        String plan = seating("T1", 6, "hall", "T2", 2, "hall");
        publishAs("rules-shrunk", plan);
        String six = post(
                        "/v1/venues/rules-shrunk/reservations",
                        bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}").replace("\"partySize\":2", "\"partySize\":6"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String smaller = seating("T1", 2, "hall", "T2", 2, "hall");
        json().body(smaller)
                .put("/v1/venues/rules-shrunk?validate=only")
                .then()
                .statusCode(409)
                .body("reservations.id", contains(six));
        replace("rules-shrunk", 1, smaller).statusCode(409).body("reservations.id", contains(six));
        json().body(plan.replace("Chez Nous", "Chez Vous"))
                .put("/v1/venues/rules-shrunk?validate=only")
                .then()
                .statusCode(200)
                .body("name", equalTo("Chez Vous"));
        given().get("/v1/venues/rules-shrunk")
                .then()
                .header("ETag", equalTo("\"1\""))
                .body("name", equalTo("Chez Nous"));
        json().body(plan).put("/v1/venues/rules-shrunk?validate=no").then().statusCode(400);
    }

    @Test
    void aMereHoldDoesNotKeepADateOpen() {
        publish("rules-held", "T1");
        String hold = post(
                        "/v1/venues/rules-held/holds", "{\"date\":\"" + DATE + "\",\"time\":\"19:00\",\"partySize\":2}")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        replace("rules-held", 1, closedOn(venueJson("T1"), DATE)).statusCode(200);
        given().get("/v1/reservations/" + hold).then().body("status", equalTo("expired"));
        post("/v1/reservations/" + hold + "/confirm", "{\"guest\":{\"name\":\"Ada\"}}")
                .then()
                .statusCode(410);
    }

    @Test
    void whatCanNeverBeSeatedIsRefusedWithTheSizesThatWork() {
        publishAs(
                "rules-never",
                seating("T1", 2, "hall", "T2", 6, "hall")
                        .replace("\"minCovers\":1,\"maxCovers\":6", "\"minCovers\":4,\"maxCovers\":6"));
        String three = bookingJson(DATE, "19:00", "{\"name\":\"Ada\"}").replace("\"partySize\":2", "\"partySize\":3");
        post("/v1/venues/rules-never/reservations", three)
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/not-bookable"))
                .body("reason", equalTo("no-table-for-party"))
                .body("partySizes", contains(1, 2, 4, 5, 6));
        post(
                        "/v1/venues/rules-never/waitlist",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"20:00\",\"partySize\":3,\"guest\":{\"name\":\"Bo\"}}"
                                .formatted(DATE))
                .then()
                .statusCode(422)
                .body("reason", equalTo("no-table-for-party"));
    }

    @Test
    void whatANewTableBringsBelongsToTheLine() {
        publish("rules-grown", "T1");
        book("rules-grown", "19:00").then().statusCode(201);
        String waiting =
                join("rules-grown", "19:00", "19:00").statusCode(201).extract().path("id");
        replace("rules-grown", 1, venueJson("T1", "T2")).statusCode(200);
        book("rules-grown", "19:00").then().statusCode(409).body("cause", equalTo("held"));
        given().get("/v1/waitlist/" + waiting).then().body("status", equalTo("offered"));
    }

    @Test
    void whatASmallerPartyLeavesBelongsToTheLine() {
        publishAs(
                "rules-eased",
                venueJson("T1", "T2").replace("\"turnTimes\"", "\"pacing\":{\"maxCoversPerSlot\":3},\"turnTimes\""));
        String two = booked("rules-eased", "19:00");
        String waiting =
                join("rules-eased", "19:00", "19:00").statusCode(201).extract().path("id");
        given().get("/v1/waitlist/" + waiting).then().body("status", equalTo("waiting"));
        patch(two, "{\"partySize\":1}").statusCode(200);
        given().get("/v1/waitlist/" + waiting).then().body("status", equalTo("offered"));
    }

    @Test
    void whatWasDoneTooEarlyOrByMistakeIsRefusedOrTakenBack() {
        publishAs("rules-mistakes", alwaysOpen("T1", "T2"));
        String later = booked("rules-mistakes", "19:00");
        state(later, "seat")
                .statusCode(409)
                .body("type", equalTo("/problems/illegal-transition"))
                .body("allowedFrom", containsString("T"))
                .body("legal", hasItem("seated"));
        state(later, "cancel").statusCode(200);
        state(later, "restore")
                .statusCode(200)
                .body("status", equalTo("confirmed"))
                .header("ETag", "\"3\"");
        state(later, "restore").statusCode(409);
        String soon = bookedSoon("rules-mistakes");
        state(soon, "seat").statusCode(200);
        state(soon, "finish").statusCode(200);
        state(soon, "restore").statusCode(200).body("status", equalTo("seated"));
        patch(soon, "{\"tables\":[\"T2\"],\"partySize\":1}").statusCode(200).body("tables", contains("T2"));
        state(soon, "cancel").statusCode(200).body("status", equalTo("cancelled"));
        state(soon, "restore").statusCode(200).body("status", equalTo("seated"));
    }

    @Test
    void aTableThatIsGoneIsNotGivenBack() {
        publish("rules-gone", "T1");
        String ada = booked("rules-gone", "19:00");
        state(ada, "cancel").statusCode(200);
        book("rules-gone", "19:30").then().statusCode(201);
        state(ada, "restore")
                .statusCode(409)
                .body("type", equalTo("/problems/slot-taken"))
                .body("alternatives", not(empty()));
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        publish("rules-times", "T1");
        join("rules-times", "21:00", "19:00").statusCode(400).body("errors.pointer", hasItem("/to"));
        String overlapping = venueJson("T1")
                .replace(
                        "\"firstSeating\":\"18:30\",\"lastSeating\":\"22:00\"",
                        "\"firstSeating\":\"20:00\",\"lastSeating\":\"02:00\"")
                .replace("],\n \"bookingWindow\"", "," + night() + "],\n \"bookingWindow\"");
        json().body(overlapping)
                .put("/v1/venues/rules-overlapping")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/servicePeriods/1"));
    }

    @Test
    void aTurnOfADayThatReachesTwoDatesOnIsFoundThere() {
        String dayLong = venueJson("T1")
                .replace(
                        "\"firstSeating\":\"18:30\",\"lastSeating\":\"22:00\"",
                        "\"firstSeating\":\"20:00\",\"lastSeating\":\"01:30\"")
                .replace("PT1H30M", "PT24H");
        LocalDate third = LocalDate.parse(DATE).plusDays(2);
        String night = night().replace("\"days\":[\"MON\",\"TUE\",\"WED\",\"THU\",\"FRI\",\"SAT\",\"SUN\"],", "");
        publishAs(
                "rules-day-long",
                dayLong.replace(
                        "\"bookingWindow\"",
                        "\"specialDays\":[{\"date\":\"%s\",\"servicePeriods\":[%s]}],\"bookingWindow\""
                                .formatted(third, night)));
        book("rules-day-long", "01:30").then().statusCode(201);
        post("/v1/venues/rules-day-long/reservations", bookingJson(third.toString(), "00:30", "{\"name\":\"Bo\"}"))
                .then()
                .statusCode(409)
                .body("cause", equalTo("table-taken"));
    }

    @Test
    void whatChangesNothingIsNotWrittenAndAChangeIsToldAsOne() {
        publish("rules-told", "T1");
        String id = booked("rules-told", "19:00");
        patch(id, "{}").statusCode(200).header("ETag", "\"1\"").body("version", equalTo(1));
        patch(id, "{\"note\":\"birthday\"}").statusCode(200).header("ETag", "\"2\"");
        patch(id, "{\"note\":\"birthday\"}").statusCode(200).header("ETag", "\"2\"");
        patch(id, "{\"partySize\":1}").statusCode(200).header("ETag", "\"3\"");
        patch(id, "{\"time\":\"20:00\"}").statusCode(200);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> given().get("/v1/venues/rules-told/changes")
                        .then()
                        .body(
                                "items.type",
                                contains(
                                        "io.lasttable.reservation.confirmed",
                                        "io.lasttable.reservation.changed",
                                        "io.lasttable.reservation.changed",
                                        "io.lasttable.reservation.moved"))
                        .body("items[1].data.previous.personal", contains("note"))
                        .body("items[1].data.previous.time", nullValue())
                        .body("items[2].data.previous.partySize", equalTo(2))
                        .body("items[3].data.previous.time", equalTo("19:00"))
                        .body("items[3].data.previous.startsAt", notNullValue())
                        .body("items.data.note", not(hasItem("birthday"))));
    }

    private static String seating(String one, int covers, String area, String other, int others, String itsArea) {
        return venueJson("#")
                .replace(
                        "{\"id\":\"#\",\"minCovers\":1,\"maxCovers\":2}",
                        table(one, covers, area) + "," + table(other, others, itsArea))
                .replace("\"upToPartySize\":4", "\"upToPartySize\":8");
    }

    private static String table(String id, int covers, String area) {
        return "{\"id\":\"%s\",\"minCovers\":1,\"maxCovers\":%d,\"area\":\"%s\"}".formatted(id, covers, area);
    }

    private static String night() {
        return "{\"name\":\"night\",\"days\":[\"MON\",\"TUE\",\"WED\",\"THU\",\"FRI\",\"SAT\",\"SUN\"],"
                + "\"firstSeating\":\"00:30\",\"lastSeating\":\"05:00\",\"slotInterval\":\"PT30M\","
                + "\"turnTimes\":[{\"upToPartySize\":4,\"duration\":\"PT1H30M\"}]}";
    }

    private static String closedOn(String venue, String date) {
        return venue.replace(
                "\"bookingWindow\"", "\"specialDays\":[{\"date\":\"" + date + "\",\"closed\":true}],\"bookingWindow\"");
    }

    private static ValidatableResponse join(String venue, String from, String to) {
        String body = "{\"date\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"partySize\":2,\"guest\":{\"name\":\"Bo\"}}";
        return post("/v1/venues/" + venue + "/waitlist", body.formatted(DATE, from, to))
                .then();
    }

    private static ValidatableResponse replace(String venue, int version, String body) {
        return json().header("If-Match", "\"" + version + "\"")
                .body(body)
                .put("/v1/venues/" + venue)
                .then();
    }

    private static ValidatableResponse patch(String id, String body) {
        return json().header("If-Match", "*")
                .body(body)
                .patch("/v1/reservations/" + id)
                .then();
    }

    private static ValidatableResponse state(String id, String step) {
        return given().post("/v1/reservations/" + id + "/" + step).then();
    }
}
