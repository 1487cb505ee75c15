package io.lasttable.booking.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.access.Access;
import io.lasttable.booking.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * A token bucket per client in this replica: who has a valid token counts by its subject, everybody else by address. Every
 * answer to a limited client says where it stands (draft-ietf-httpapi-ratelimit-headers-10). Idle buckets are forgotten, and
 * their number is bounded.
 */
class RateLimit {

    private static final int MOST_CLIENTS = 100_000;
    private static final String PROBE = "lasttable.rate-limit";

    private final BookingConfig.Limits limits;
    private final Access access;
    private final LoadingCache<String, Bucket> buckets;

    RateLimit(BookingConfig config, Access access) {
        this.limits = config.limits();
        this.access = access;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(Duration.ofSeconds(1L + limits.burst() / limits.perSecond())
                        .multipliedBy(2))
                .build(client -> full());
    }

    @ServerRequestFilter
    public void check(ContainerRequestContext context, HttpServerRequest request) {
        Optional<ConsumptionProbe> probe =
                client(request).map(client -> buckets.get(client).tryConsumeAndReturnRemaining(1));
        probe.ifPresent(known -> context.setProperty(PROBE, known));
        if (probe.isPresent() && !probe.get().isConsumed()) {
            long seconds = seconds(probe.get().getNanosToWaitForRefill());
            throw Problem.of(Problem.Type.RATE_LIMITED, "Wait as Retry-After says, then ask more slowly.")
                    .retryAfter(seconds);
        }
    }

    @ServerResponseFilter
    public void tell(ContainerRequestContext context, ContainerResponseContext response) {
        if (context.getProperty(PROBE) instanceof ConsumptionProbe probe) {
            long window = Math.max(1, limits.burst() / limits.perSecond());
            response.getHeaders().putSingle("RateLimit-Policy", "\"client\";q=" + limits.burst() + ";w=" + window);
            response.getHeaders()
                    .putSingle(
                            "RateLimit",
                            "\"client\";r=" + probe.getRemainingTokens() + ";t="
                                    + seconds(probe.getNanosToWaitForReset()));
        }
    }

    /** Empty when the request is not limited. */
    private Optional<String> client(HttpServerRequest request) {
        String peer = request.remoteAddress().hostAddress();
        String address = Caller.address(request.getHeader("X-Forwarded-For"), peer, limits.proxies());
        if (limits.exempt().contains(address)) {
            return Optional.empty();
        }
        return Optional.of(access.isAnonymous() ? "address " + Caller.network(address) : "client " + access.caller());
    }

    private Bucket full() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(limits.burst()).refillGreedy(limits.perSecond(), Duration.ofSeconds(1)))
                .build();
    }

    /** Rounded up, so that nobody comes back too early. */
    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos + 999_999_999);
    }
}
