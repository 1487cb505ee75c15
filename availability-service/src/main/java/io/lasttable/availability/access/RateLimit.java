package io.lasttable.availability.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemMapper;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.lasttable.edge.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A token bucket per address, in this replica; idle buckets are forgotten, and their number is bounded. Every answer to a
 * limited address says what is left (draft-ietf-httpapi-ratelimit-headers-10).
 */
class RateLimit {

    static final String POLICY = "RateLimit-Policy";
    static final String REMAINING = "RateLimit";

    private static final int MOST_ADDRESSES = 100_000;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final AvailabilitySettings.Limits limits;
    private final Cache<String, Bucket> buckets;
    private final Set<InetAddress> exempt;
    private final String policy;

    RateLimit(AvailabilitySettings settings) {
        this.limits = settings.limits();
        this.exempt = limits.exempt().stream().map(ClientAddress::parsed).collect(Collectors.toUnmodifiableSet());
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(IDLE)
                .build();
        this.policy = "\"address\";q=%d;w=%d".formatted(limits.burst(), secondsToFill(limits.burst()));
    }

    @ServerRequestFilter(preMatching = true)
    public Optional<Response> check(HttpServerRequest request) {
        return caller(request)
                .map(address -> buckets.get(address, unseen -> full()).tryConsumeAndReturnRemaining(1))
                .filter(probe -> isRefused(request, probe))
                .map(RateLimit::refused);
    }

    /** Empty when the request is not limited: it comes from inside, or from an address that never is. */
    private Optional<String> caller(HttpServerRequest request) {
        if (limits.proxies() > 0 && !request.headers().contains(ClientAddress.FORWARDED_FOR)) {
            return Optional.empty();
        }
        InetAddress address = ClientAddress.of(request, limits.proxies());
        return exempt.contains(address) ? Optional.empty() : Optional.of(ClientAddress.network(address));
    }

    private boolean isRefused(HttpServerRequest request, ConsumptionProbe probe) {
        long left = probe.getRemainingTokens();
        request.response()
                .putHeader(POLICY, policy)
                .putHeader(REMAINING, "\"address\";r=%d;t=%d".formatted(left, secondsToFill(limits.burst() - left)));
        return !probe.isConsumed();
    }

    private long secondsToFill(long tokens) {
        return Math.max(1, (tokens + limits.perSecond() - 1) / limits.perSecond());
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
