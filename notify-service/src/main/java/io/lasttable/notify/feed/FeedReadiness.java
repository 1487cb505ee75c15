package io.lasttable.notify.feed;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A replica takes clients once it has read what was in Kafka when it started. */
@Readiness
class FeedReadiness implements HealthCheck {

    private final DayFeed feed;

    FeedReadiness(DayFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("day feed caught up")
                .status(feed.isCaughtUp())
                .build();
    }
}
