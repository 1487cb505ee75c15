package io.lasttable.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class FeedHealthTest {

    private final FeedProgress progress = new FeedProgress();

    private Status ready() {
        return new FeedReadiness(progress).call().getStatus();
    }

    /** Kafka is away for all replicas at once: whoever unreadies them all cuts every client. */
    @Test
    void aReplicaThatHasCaughtUpStaysReadyWhileKafkaIsAway() {
        assertThat(ready()).isEqualTo(Status.DOWN);
        progress.caughtUp();
        assertThat(ready()).isEqualTo(Status.UP);
        progress.stalled(true);
        assertThat(ready()).isEqualTo(Status.UP);
    }
}
