package io.lasttable.availability.projection;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when the projecting thread has ended, which no outage makes it do: only a restart helps. */
@Liveness
@ApplicationScoped
class ProjectionLiveness implements HealthCheck {

    private final Feed feed;

    ProjectionLiveness(Feed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("projection runs")
                .status(feed.isAlive())
                .build();
    }
}
