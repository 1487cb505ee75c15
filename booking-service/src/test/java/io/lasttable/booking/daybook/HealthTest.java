package io.lasttable.booking.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PostgresTestResource.class, initArgs = @ResourceArg(name = "database", value = "booking"))
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1"))
class HealthTest {

    @Inject
    SmallRyeHealthReporter health;

    @Test
    void readinessDoesNotAskForWhatAllReplicasShare() {
        String ready = health.getReadiness().getPayload().toString();
        assertThat(ready).contains("UP").doesNotContainIgnoringCase("database").doesNotContain("connection");
    }

    @Test
    void livenessSaysWhetherSweepAndRollGoOn() {
        String alive = health.getLiveness().getPayload().toString();
        assertThat(alive).contains("background").contains("sweep").contains("roll");
        assertThat(health.getLiveness().isDown()).isFalse();
    }
}
