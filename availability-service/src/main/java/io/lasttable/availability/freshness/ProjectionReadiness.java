package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before the tables have once held all of Kafka: until then "unknown venue" might be untrue. Lag alone is served, and said. */
@Readiness
@ApplicationScoped
class ProjectionReadiness implements HealthCheck {

    private final Freshness freshness;
    private final AvailabilitySettings settings;

    ProjectionReadiness(Freshness freshness, AvailabilitySettings settings) {
        this.freshness = freshness;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        boolean caughtUp = freshness.lagMillis().isPresent() || !settings.feed().enabled();
        return HealthCheckResponse.named("projection has caught up once")
                .status(caughtUp)
                .withData("lagMs", freshness.lagMillis().orElse(-1))
                .build();
    }
}
