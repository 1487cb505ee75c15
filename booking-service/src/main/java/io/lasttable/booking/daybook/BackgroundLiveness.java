package io.lasttable.booking.daybook;

import io.lasttable.booking.BookingConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Whether sweep and roll still go on. Both carry on when a look fails, whatever it fails with, and each wait of theirs has an
 * end; one that has not stirred for minutes beyond that is dead, and only a restart cures it.
 */
@Liveness
@ApplicationScoped
class BackgroundLiveness implements HealthCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Sweep sweep;
    private final DayRoll roll;
    private final BookingConfig config;

    BackgroundLiveness(Sweep sweep, DayRoll roll, BookingConfig config) {
        this.sweep = sweep;
        this.roll = roll;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        boolean sweeps = isAlive(sweep.heartbeat(), config.hold().sweepInterval());
        boolean rolls = isAlive(roll.heartbeat(), config.rollInterval());
        return HealthCheckResponse.named("background")
                .status(!config.background() || sweeps && rolls)
                .withData("sweep", sweeps)
                .withData("roll", rolls)
                .build();
    }

    private static boolean isAlive(Heartbeat heartbeat, Duration interval) {
        return heartbeat.silentFor().compareTo(interval.plus(PATIENCE)) < 0;
    }
}
