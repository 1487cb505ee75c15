package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.availability.world.FallibleServers;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;

/** PostgreSQL and Kafka go away and come back; nobody restarts this service. */
@QuarkusTest
@WithTestResource(value = FallibleServers.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OutageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READ = "/v1/venues/outage/availability?date=2099-11-27&partySize=2";

    FallibleServers servers;

    @Inject
    Publisher publisher;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

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
        await().atMost(PATIENCE)
                .during(FallibleServers.LONGEST_BETWEEN_POLLS.plusSeconds(2))
                .until(this::replicasInTheGroup, Integer.valueOf(1)::equals);
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
        given().header("If-None-Match", "\"2\"")
                .get("/v1/venues/outage/days/2099-11-27")
                .then()
                .statusCode(304)
                .header("Cache-Control", "no-store");
        servers.startKafka();
        publish(3);
        awaitFresh(3);
    }

    private int replicasInTheGroup() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            return admin.describeConsumerGroups(List.of("lasttable-availability"))
                    .all()
                    .get()
                    .get("lasttable-availability")
                    .members()
                    .size();
        }
    }

    private void publish(long version) {
        publisher.day(aDay("outage", "2099-11-27")
                .version(version)
                .slot("19:00", Instant.parse("2099-11-27T18:00:00Z"), "{\"2\":1}"));
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
