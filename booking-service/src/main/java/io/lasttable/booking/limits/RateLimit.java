package io.lasttable.booking.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.ProblemResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A token bucket per {@link Client} in this replica, for whatever it asks for, paths that lead nowhere too; before a body is read.
 * Every answer to a limited client says where it stands (draft-ietf-httpapi-ratelimit-headers-10). Bearer tokens that prove
 * nothing are counted by address beside that, and an address that has sent too many is refused before the next is looked at.
 * Idle buckets are forgotten, and their number is bounded.
 */
@ApplicationScoped
class RateLimit {

    /** Quarkus looks at tokens at 200. */
    private static final int BEFORE_TOKENS = 250;

    private static final int AFTER_TOKENS = 150;
    private static final int MOST_CLIENTS = 100_000;
    private static final int UNAUTHORIZED = 401;

    private final LimitSettings limits;
    private final Client client;
    private final Cache<String, Bucket> buckets;

    RateLimit(LimitSettings settings, Client client) {
        this.limits = settings;
        this.client = client;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_CLIENTS)
                .expireAfterAccess(Duration.ofSeconds(1L + limits.burst() / limits.perSecond())
                        .multipliedBy(2))
                .build();
    }

    void register(@Observes Filters filters) {
        filters.register(this::checkTokens, BEFORE_TOKENS);
        filters.register(this::check, AFTER_TOKENS);
    }

    private void checkTokens(RoutingContext context) {
        Optional<Bucket> bucket = context.request().headers().contains(HttpHeaders.AUTHORIZATION)
                ? client.address(context.request()).map(address -> bucket("bad tokens of " + address))
                : Optional.empty();
        if (bucket.isPresent() && bucket.get().getAvailableTokens() == 0) {
            refuse(context, 1);
            return;
        }
        bucket.ifPresent(mistakes -> context.addEndHandler(ended -> count(context, mistakes)));
        context.next();
    }

    private static void count(RoutingContext context, Bucket mistakes) {
        if (context.response().getStatusCode() == UNAUTHORIZED) {
            long left = mistakes.tryConsumeAsMuchAsPossible(1);
            assert left <= 1;
        }
    }

    private void check(RoutingContext context) {
        Optional<ConsumptionProbe> probe =
                client.of(context).map(name -> bucket(name).tryConsumeAndReturnRemaining(1));
        probe.ifPresent(known -> tell(context, known));
        if (probe.isPresent() && !probe.get().isConsumed()) {
            refuse(context, seconds(probe.get().getNanosToWaitForRefill()));
        } else {
            context.next();
        }
    }

    private void tell(RoutingContext context, ConsumptionProbe probe) {
        long window = Math.max(1, limits.burst() / limits.perSecond());
        context.response()
                .putHeader("RateLimit-Policy", "\"client\";q=" + limits.burst() + ";w=" + window)
                .putHeader(
                        "RateLimit",
                        "\"client\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
    }

    private static void refuse(RoutingContext context, long seconds) {
        ProblemResponse.send(
                context,
                Problem.of(Problem.Type.RATE_LIMITED, "Wait as Retry-After says, then ask more slowly.")
                        .retryAfter(seconds));
    }

    private Bucket bucket(String name) {
        return buckets.get(name, unseen -> full());
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
