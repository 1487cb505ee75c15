package io.lasttable.availability.freshness;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.world.FallibleServers;
import io.lasttable.availability.world.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether an answer is old is told from what booking-service has committed, not from what it has sent. */
@QuarkusTest
@WithTestResource(value = FallibleServers.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class WatermarkTest {

    private static final String READ = "/v1/venues/marked/availability?date=2099-11-27&partySize=2";

    @Inject
    Publisher publisher;

    private final ScheduledExecutorService relay = Executors.newSingleThreadScheduledExecutor();

    @AfterEach
    void stop() {
        assertThat(relay.shutdownNow()).isNotNull();
    }

    @Test
    void aRelayThatStandsStillMakesAnswersOld() {
        publisher.venue(aVenue("marked"));
        publisher.day(aDay("marked", "2099-11-27"));
        await().until(WatermarkTest::isStale, Boolean.FALSE::equals);

        ScheduledFuture<?> saying = say("{}");
        await().until(() -> get(READ).header(Freshness.HEADER) != null);
        await().during(7, TimeUnit.SECONDS).until(WatermarkTest::isStale, Boolean.FALSE::equals);
        assertThat(saying.cancel(true)).isTrue();
        await().until(WatermarkTest::isStale, Boolean.TRUE::equals);

        saying = say("{\"lasttable.days.v1\":{\"0\":1000}}");
        await().during(3, TimeUnit.SECONDS).until(WatermarkTest::isStale, Boolean.TRUE::equals);
        assertThat(saying.cancel(true)).isTrue();
        saying = say("{\"lasttable.days.v1\":{\"0\":0}}");
        await().until(WatermarkTest::isStale, Boolean.FALSE::equals);
        assertThat(saying.isDone()).isFalse();
    }

    private ScheduledFuture<?> say(String positions) {
        return relay.scheduleAtFixedRate(
                () -> publisher.send(
                        "lasttable.watermarks.v1",
                        "0",
                        "{\"shard\":0,\"shards\":1,\"committedBefore\":\"%s\",\"positions\":%s}"
                                .formatted(Instant.now(), positions)),
                0,
                200,
                TimeUnit.MILLISECONDS);
    }

    private static Object isStale() {
        return get(READ).path("stale");
    }
}
