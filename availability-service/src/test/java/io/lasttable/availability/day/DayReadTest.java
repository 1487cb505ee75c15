package io.lasttable.availability.day;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DayReadTest {

    private static final String DATE = "2099-11-27";
    private static final Instant SEVEN = Instant.parse("2099-11-27T18:00:00Z");

    @Inject
    Publisher publisher;

    private final String venue = "v-" + UUID.randomUUID();

    @Test
    void aDayNamesTheSlotsThatThePartyCanBook() {
        published(day(18));
        get(availability(2))
                .then()
                .statusCode(200)
                .header("ETag", "\"18\"")
                .header("Cache-Control", "public, max-age=1")
                .header("Lasttable-Projection-Lag-Ms", notNullValue())
                .body("version", equalTo(18))
                .body("stale", equalTo(false))
                .body("slots.time", contains("19:00"))
                .body("slots[0].startsAt", equalTo("2099-11-27T18:00:00Z"))
                .body("slots[0].left", equalTo(1));
    }

    @Test
    void theWholeDayIsWhatWasPublishedToTheLetter() {
        DayEvent day = day(4);
        published(day);
        String document = get(document()).then().statusCode(200).extract().asString();
        assertThat(document).isEqualTo(day.json());
    }

    @Test
    void anUnchangedDayIsAnswered304UntilTheNextVersion() {
        published(day(1));
        given().header("If-None-Match", "\"1\"").get(availability(2)).then().statusCode(304);
        published(day(2));
        given().header("If-None-Match", "\"1\"").get(availability(2)).then().statusCode(200);
    }

    @Test
    void slotsInsideTheMinimumNoticeAreLeftOutAndNotHiddenBehindA304() {
        Instant soon = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(10, ChronoUnit.MINUTES);
        published(aDay(venue, DATE).slot("19:00", SEVEN, "{\"2\":1}").slot("19:30", SEVEN.plusSeconds(1800), "{}"));
        String today = soon.toString().substring(0, 10);
        DayEvent begun = aDay(venue, today).slot(soon.toString().substring(11, 16), soon, "{\"2\":1}");
        publisher.day(begun);
        String path = "/v1/venues/" + venue + "/availability?partySize=2&date=" + today;
        await().until(() -> get(path).statusCode() == 200);
        given().header("If-None-Match", "\"1\"")
                .get(path)
                .then()
                .statusCode(200)
                .body("slots", equalTo(List.of()));
    }

    @Test
    void aKnownVersionThatIsNotHereYetIsAnsweredAsStale() {
        published(day(3));
        get(availability(2) + "&minVersion=4")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("stale", equalTo(true))
                .body("version", equalTo(3));
    }

    @Test
    void anUnknownVenueAndAnUnknownDayAreToldApart() {
        get("/v1/venues/nobody/days/" + DATE)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/unknown-venue"));
        published(day(1));
        get("/v1/venues/" + venue + "/days/2031-01-01")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-day"));
    }

    @Test
    void everyBadInputIsNamedAtOnce() {
        get("/v1/venues/Chez Nous/availability?date=2027-02-30&partySize=0&minVersion=x")
                .then()
                .statusCode(400)
                .body("type", equalTo("/problems/validation-error"))
                .body(
                        "errors.pointer",
                        containsInAnyOrder("/path/venueId", "/query/date", "/query/partySize", "/query/minVersion"));
    }

    @Test
    void theServiceIsReadyAndShowsItsLag() {
        await().until(() -> management("/q/health/ready").statusCode() == 200);
        assertThat(management("/q/metrics").asString()).contains("lasttable_projection_lag_seconds");
    }

    private DayEvent day(long version) {
        return aDay(venue, DATE)
                .version(version)
                .slot("18:30", SEVEN.minusSeconds(1800), "{\"4\":2}")
                .slot("19:00", SEVEN, "{\"2\":1}");
    }

    private void published(DayEvent day) {
        publisher.venue(aVenue(venue));
        publisher.day(day);
        await().until(() -> management("/q/health/ready").statusCode() == 200);
        await().until(() -> Integer.valueOf((int) day.version()).equals(versionNow()));
        await().until(() ->
                get("/v1/venues/" + venue + "/days/2031-01-01").asString().contains("unknown-day"));
    }

    private Object versionNow() {
        var answer = get(document());
        return answer.statusCode() == 200 ? answer.path("version") : null;
    }

    private String document() {
        return "/v1/venues/" + venue + "/days/" + DATE;
    }

    private String availability(int party) {
        return "/v1/venues/" + venue + "/availability?date=" + DATE + "&partySize=" + party;
    }
}
