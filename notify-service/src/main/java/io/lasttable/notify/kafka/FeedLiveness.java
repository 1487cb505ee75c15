package io.lasttable.notify.kafka;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A feed whose thread has died, or hangs for longer than any question to Kafka may take, is mended by a restart only. */
@Liveness
class FeedLiveness implements HealthCheck {

    private static final Duration HANGS = Duration.ofMinutes(2);

    private final Feed feed;

    FeedLiveness(Feed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("feed").status(feed.isAlive(HANGS)).build();
    }
}
