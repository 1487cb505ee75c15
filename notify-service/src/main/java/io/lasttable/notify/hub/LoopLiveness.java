package io.lasttable.notify.hub;

import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** An event loop that hangs serves none of its connections, and only a restart ends that. */
@Liveness
class LoopLiveness implements HealthCheck {

    private static final Duration HANGS = Duration.ofSeconds(30);

    private final Hub hub;

    LoopLiveness(Hub hub) {
        this.hub = hub;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("event loops")
                .status(!hub.hangsFor(HANGS))
                .build();
    }
}
