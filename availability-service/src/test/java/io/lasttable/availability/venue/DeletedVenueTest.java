package io.lasttable.availability.venue;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.lasttable.availability.rebuild.Rebuild;
import io.lasttable.availability.world.Publisher;
import io.lasttable.availability.world.VenueEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Nobody is shown a venue that was deleted, wherever they look. */
@QuarkusTest
class DeletedVenueTest {

    private static final String DATE = "2099-11-27";

    @Inject
    Publisher publisher;

    @Inject
    Rebuild rebuild;

    private final String id = "v-" + UUID.randomUUID();
    private final String city = "C" + UUID.randomUUID();
    private final VenueEvent venue = aVenue(id).in(city, "Europe/Paris");

    private final List<String> reads = List.of(
            "/v1/venues/" + id + "/days/" + DATE,
            "/v1/venues/" + id + "/availability?partySize=2&date=" + DATE,
            "/v1/venues/" + id + "/availability?partySize=2&minVersion=2&date=" + DATE,
            "/v1/venues/" + id + "/calendar?partySize=2&from=" + DATE + "&to=" + DATE);

    @Test
    void itIsUnknownAtOnceAndAfterARebuildUntilItIsMadeAgain() {
        publish(venue, 1);
        await().until(() -> get(search()).<List<?>>path("venues").size() == 1);

        publisher.send("lasttable.venues.v1", id, null);
        await().until(() -> get(reads.get(0)).statusCode() == 404);
        isUnknown();

        rebuild.run();
        isUnknown();

        publish(venue.version(2), 2);
        get(search()).then().body("venues.venueId", contains(id));
    }

    private void publish(VenueEvent state, long day) {
        publisher.venue(state);
        publisher.day(aDay(id, DATE).version(day).slot("19:00", Instant.parse(DATE + "T18:00:00Z"), "{\"2\":1}"));
        await().until(() -> management("/q/health/ready").statusCode() == 200);
        await().until(() -> get(reads.get(0)).statusCode() == 200);
        await().until(() -> get(reads.get(0)).<Integer>path("version") == day);
    }

    private void isUnknown() {
        for (String read : reads) {
            get(read).then().statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        }
        get(search()).then().statusCode(200).body("venues", empty());
    }

    private String search() {
        return "/v1/availability?partySize=2&time=19:00&date=" + DATE + "&city=" + city;
    }
}
