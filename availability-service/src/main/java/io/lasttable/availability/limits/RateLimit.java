package io.lasttable.availability.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemMapper;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A token bucket per address, in this replica; idle buckets are forgotten, and their number is bounded. */
class RateLimit {

    private static final int MOST_ADDRESSES = 100_000;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final AvailabilitySettings.Limits limits;
    private final LoadingCache<String, Bucket> buckets;

    RateLimit(AvailabilitySettings settings) {
        this.limits = settings.limits();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(IDLE)
                .build(address -> full());
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> check(HttpServerRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        return Caller.of(forwarded, request.remoteAddress().hostAddress(), limits)
                .map(address -> buckets.get(address).tryConsumeAndReturnRemaining(1))
                .filter(probe -> !probe.isConsumed())
                .map(RateLimit::refused);
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(limits.burst()).refillGreedy(limits.perSecond(), Duration.ofSeconds(1)))
                .build();
    }

    private static Response refused(ConsumptionProbe probe) {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()) + 1;
        return ProblemMapper.response(new Problem.RateLimited(seconds));
    }
}
