package io.lasttable.booking.daybook;

import io.lasttable.booking.background.Background;
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
    private final DaybookSettings settings;
    private final Background background;

    BackgroundLiveness(Sweep sweep, DayRoll roll, DaybookSettings settings, Background background) {
        this.sweep = sweep;
        this.roll = roll;
        this.settings = settings;
        this.background = background;
    }

    @Override
    public HealthCheckResponse call() {
        boolean sweeps = isAlive(sweep.heartbeat(), settings.hold().sweepInterval());
        boolean rolls = isAlive(roll.heartbeat(), settings.rollInterval());
        return HealthCheckResponse.named("background")
                .status(!background.isOn() || sweeps && rolls)
                .withData("sweep", sweeps)
                .withData("roll", rolls)
                .build();
    }

    private static boolean isAlive(Heartbeat heartbeat, Duration interval) {
        return heartbeat.silentFor().compareTo(interval.plus(PATIENCE)) < 0;
    }
}
