package io.lasttable.booking.daybook;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
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
