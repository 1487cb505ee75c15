package io.lasttable.availability;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be booked is the same for a day, a calendar and a search, to the millisecond. */
@QuarkusTest
class CutoffTest {

    private static final String DATE = "2099-11-27";
    private static final Instant SEVEN = Instant.parse("2099-11-27T18:00:00Z");

    @Inject
    Publisher publisher;

    private final String venue = "v-" + UUID.randomUUID();

    @ParameterizedTest(name = "notice {0}, {1} before the start: {2}")
    @CsvSource({
        "PT0S, PT0.001S, true",
        "PT0S, PT0S, false",
        "PT0S, PT-0.5S, false",
        "PT30M, PT30M0.5S, true",
        "PT30M, PT30M, true",
        "PT30M, PT29M59.999S, false",
        "PT30M, PT29M59S, false",
        "PT1M30.5S, PT1M31S, true",
        "PT1M30.5S, PT1M30.4S, false"
    })
    void dayCalendarAndSearchAgree(String notice, Duration before, boolean bookable) {
        publisher.venue(aVenue(venue).in(venue, "Europe/Paris"));
        publisher.day(aDay(venue, DATE).notice(notice).slot("19:00", SEVEN, "{\"2\":1}"));
        await().until(() -> get("/v1/venues/" + venue + "/days/" + DATE).statusCode() == 200);
        await().until(
                        () -> get("/v1/venues/" + venue + "/days/2031-01-01").path("type"),
                        "/problems/unknown-day"::equals);
        QuarkusMock.installMockForType(Clock.fixed(SEVEN.minus(before), ZoneOffset.UTC), Clock.class);
        List<String> expected = bookable ? List.of("19:00") : List.of();

        assertThat(get("/v1/venues/" + venue + "/availability?partySize=2&date=" + DATE)
                        .<List<String>>path("slots.time"))
                .as("day")
                .isEqualTo(expected);
        assertThat(get("/v1/venues/" + venue + "/calendar?partySize=2&from=" + DATE + "&to=" + DATE)
                        .<List<Integer>>path("days.openSlots"))
                .as("calendar")
                .containsExactly(expected.size());
        assertThat(get("/v1/availability?partySize=2&time=19:00&date=" + DATE + "&city=" + venue)
                        .<List<String>>path("venues.slots.time.flatten()"))
                .as("search")
                .isEqualTo(expected);
    }
}
