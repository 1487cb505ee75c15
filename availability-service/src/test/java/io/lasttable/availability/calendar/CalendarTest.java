package io.lasttable.availability.calendar;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CalendarTest {

    @Inject
    Publisher publisher;

    @Test
    void theCalendarCountsOpenSlotsOfPublishedDays() {
        String venue = "v-" + UUID.randomUUID();
        Instant seven = Instant.parse("2099-11-27T18:00:00Z");
        publisher.venue(aVenue(venue));
        publisher.day(aDay(venue, "2099-11-28"));
        publisher.day(aDay(venue, "2099-11-27")
                .slot("19:00", seven, "{\"2\":1}")
                .slot("19:30", seven.plusSeconds(1800), "{\"4\":1}"));
        String year = "/v1/venues/" + venue + "/calendar?from=2099-01-01&to=2099-12-31&partySize=2";
        await().until(() -> get(year).path("days.date"), List.of("2099-11-27", "2099-11-28")::equals);
        get(year).then().body("days.openSlots", contains(1, 0)).body("partySize", equalTo(2));
    }

    @Test
    void aRangeOf400DaysIsRefused() {
        get("/v1/venues/chez-nous/calendar?from=2027-01-01&to=2028-02-04&partySize=2")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/query/to"));
    }

    @Test
    void anUnknownVenueIsSaidSo() {
        get("/v1/venues/nobody/calendar?from=2027-01-01&to=2027-02-01&partySize=2")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-venue"));
    }
}
