package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * How far the projection may lag behind Kafka: an upper bound over all partitions, whichever replica projects them.
 *
 * <p>It is the age of the last moment at which everything in Kafka was known to be in the tables. While nobody can
 * compare (Kafka, the database or every projecting replica is away) that moment stays and so the lag grows: silence is
 * never taken for freshness.
 */
@ApplicationScoped
public class Freshness {

    /** Response header: milliseconds, an upper bound. Absent while the projection has never caught up. */
    public static final String HEADER = "Lasttable-Projection-Lag-Ms";

    private static final String SHARED = "public, max-age=1";

    private final Duration staleAfter;
    private volatile Long caughtUpNanos;

    Freshness(AvailabilitySettings settings, MeterRegistry registry) {
        this.staleAfter = settings.reads().staleAfter();
        Gauge lag = Gauge.builder("lasttable.projection.lag", this, Freshness::lagSeconds)
                .description("How far reads may lag behind Kafka; NaN before the first catch-up")
                .baseUnit("seconds")
                .register(registry);
        assert lag != null;
    }

    /** Everything that Kafka held this long ago is in the tables. */
    public void caughtUp(Duration ago) {
        caughtUpNanos = System.nanoTime() - ago.toNanos();
    }

    public OptionalLong lagMillis() {
        Long then = caughtUpNanos;
        return then == null ? OptionalLong.empty() : OptionalLong.of((System.nanoTime() - then) / 1_000_000);
    }

    public boolean isStale() {
        OptionalLong lag = lagMillis();
        return lag.isEmpty() || lag.getAsLong() > staleAfter.toMillis();
    }

    /** An answer that a CDN may share for a second; the live socket brings what comes after. */
    public Response.ResponseBuilder cached(Object body) {
        return isStale() ? uncached(body) : withLag(Response.ok(body)).header(HttpHeaders.CACHE_CONTROL, SHARED);
    }

    /** An answer that is known to be old: nobody else should get it. */
    public Response.ResponseBuilder uncached(Object body) {
        return withLag(Response.ok(body)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    public Response.ResponseBuilder unchanged() {
        return withLag(Response.notModified()).header(HttpHeaders.CACHE_CONTROL, SHARED);
    }

    private Response.ResponseBuilder withLag(Response.ResponseBuilder answer) {
        OptionalLong lag = lagMillis();
        return lag.isEmpty() ? answer : answer.header(HEADER, lag.getAsLong());
    }

    private double lagSeconds() {
        OptionalLong lag = lagMillis();
        return lag.isEmpty() ? Double.NaN : lag.getAsLong() / 1000.0;
    }
}
