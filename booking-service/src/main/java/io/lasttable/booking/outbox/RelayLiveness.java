package io.lasttable.booking.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down when a thread of the relay has ended or hangs: nothing but a restart brings it back. */
@Liveness
@ApplicationScoped
class RelayLiveness implements HealthCheck {

    private final Relay relay;

    RelayLiveness(Relay relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> broken = relay.broken();
        return HealthCheckResponse.named("outbox relay")
                .status(broken.isEmpty())
                .withData("broken", String.join(",", broken))
                .build();
    }
}
