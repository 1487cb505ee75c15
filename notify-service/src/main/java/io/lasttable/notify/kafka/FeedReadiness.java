package io.lasttable.notify.kafka;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A replica takes clients once it has read what was in Kafka when it started, and from then on: when Kafka is away it is away for
 * all replicas, and clients that are told so are served better than clients that are cut.
 */
@Readiness
class FeedReadiness implements HealthCheck {

    private final FeedProgress progress;

    FeedReadiness(FeedProgress progress) {
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("feed")
                .status(progress.isCaughtUp())
                .withData("caughtUp", progress.isCaughtUp())
                .withData("stalled", progress.isStalled())
                .build();
    }
}
