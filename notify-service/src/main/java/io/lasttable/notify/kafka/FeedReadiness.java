package io.lasttable.notify.kafka;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica takes clients once it has read what was in Kafka when it started, and while it hears Kafka. */
@Readiness
class FeedReadiness implements HealthCheck {

    private final FeedProgress progress;

    FeedReadiness(FeedProgress progress) {
        this.progress = progress;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("feed")
                .status(progress.isCaughtUp() && !progress.isStalled())
                .withData("caughtUp", progress.isCaughtUp())
                .withData("stalled", progress.isStalled())
                .build();
    }
}
