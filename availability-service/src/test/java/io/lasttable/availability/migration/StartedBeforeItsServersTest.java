package io.lasttable.availability.migration;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.availability.world.FallibleServers;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Neither PostgreSQL nor Kafka is there when it starts. They come, one after the other, and nobody restarts this service. */
@QuarkusTest
@WithTestResource(
        value = FallibleServers.class,
        initArgs = @ResourceArg(name = "later", value = "true"),
        scope = TestResourceScope.RESTRICTED_TO_CLASS)
class StartedBeforeItsServersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READ = "/v1/venues/early/availability?date=2099-11-27&partySize=2";

    FallibleServers servers;

    @Inject
    Publisher publisher;

    @Test
    void itSaysSoAndIsThereOnceTheyAre() {
        get(READ)
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("/problems/overloaded"));
        get("/v1/openapi/availability.yaml").then().statusCode(200);
        management("/q/health/started").then().statusCode(200);
        management("/q/health/live").then().statusCode(200);
        management("/q/health/ready").then().statusCode(503);

        servers.startDatabase();
        await().atMost(PATIENCE).until(() -> get(READ).statusCode() != 503);
        management("/q/health/ready").then().statusCode(503);

        servers.startKafka();
        publisher.venue(aVenue("early"));
        publisher.day(aDay("early", "2099-11-27"));
        await().atMost(PATIENCE).until(() -> get(READ).statusCode() == 200);
        await().atMost(PATIENCE).until(() -> management("/q/health/ready").statusCode() == 200);
        management("/q/health/live").then().statusCode(200);
    }
}
