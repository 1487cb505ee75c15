package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far the tables may lag behind what was committed: an upper bound over all partitions, whichever replica projects them.
 *
 * <p>It is the age of the last moment of which everything is known to be in the tables. While nobody can prove a later one
 * (the relay, Kafka, the database or every projecting replica is away) that moment stays and so the lag grows: silence is
 * never taken for freshness.
 */
@ApplicationScoped
public class Freshness {

    /** Response header: milliseconds, an upper bound. Absent while the projection has never caught up. */
    public static final String HEADER = "Lasttable-Projection-Lag-Ms";

    private final Duration staleAfter;
    private volatile Long heldNanos;

    Freshness(AvailabilitySettings settings, MeterRegistry registry) {
        this.staleAfter = settings.reads().staleAfter();
        Gauge lag = Gauge.builder("lasttable.projection.lag", this, Freshness::lagSeconds)
                .description("How far reads may lag behind what was committed; NaN before the first catch-up")
                .baseUnit("seconds")
                .register(registry);
        assert lag != null;
    }

    /** Everything of before this {@link System#nanoTime} is in the tables. */
    void held(long nanos) {
        heldNanos = nanos;
    }

    /** What is known now. A read asks before it reads: what it finds then is at least as new, however long it takes. */
    public AsOf asOf() {
        return new AsOf(heldNanos, staleAfter);
    }

    private double lagSeconds() {
        OptionalLong lag = asOf().lagMillis();
        return lag.isEmpty() ? Double.NaN : lag.getAsLong() / 1000.0;
    }
}
