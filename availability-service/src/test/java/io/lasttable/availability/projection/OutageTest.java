package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.availability.world.FallibleServers;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** PostgreSQL and Kafka go away and come back; nobody restarts this service. */
@QuarkusTest
@WithTestResource(value = FallibleServers.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READ = "/v1/venues/outage/availability?date=2027-11-27&partySize=2";

    FallibleServers servers;

    @Inject
    Publisher publisher;

    @Test
    void whatIsAwayIsSaidAndWhatHappenedMeanwhileIsThereAfterwards() {
        publisher.venue(aVenue("outage"));
        publish(1);
        awaitFresh(1);

        servers.stopDatabase();
        await().atMost(PATIENCE).until(() -> get(READ).statusCode() == 503);
        get(READ).then().header("Retry-After", notNullValue()).body("type", equalTo("/problems/overloaded"));
        management("/q/health/ready").then().statusCode(200);
        management("/q/health/live").then().statusCode(200);
        publish(2);
        servers.startDatabase();
        awaitFresh(2);

        servers.stopKafka();
        await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(get(READ).path("stale")));
        get(READ)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("version", equalTo(2))
                .body("slots.time[0]", equalTo("19:00"));
        servers.startKafka();
        publish(3);
        awaitFresh(3);
    }

    private void publish(long version) {
        publisher.day(aDay("outage", "2027-11-27")
                .version(version)
                .slot("19:00", Instant.parse("2027-11-27T18:00:00Z"), "{\"2\":1}"));
    }

    private static void awaitFresh(int version) {
        await().atMost(PATIENCE).until(() -> {
            Response answer = get(READ);
            return answer.statusCode() == 200
                    && answer.<Integer>path("version") == version
                    && !answer.<Boolean>path("stale");
        });
    }
}
