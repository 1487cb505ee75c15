package io.lasttable.booking.calendar;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.lasttable.booking.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How often one address is read on this replica, whoever reads it: a program that has gone wild, or one address in everybody's hands,
 * shall not read the venue's book all day. Before the database is asked, beside what bounds each reader.
 */
@ApplicationScoped
class FeedReads {

    private static final int MOST_A_MINUTE = 30;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 10_000;

    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MOST_KEPT)
            .expireAfterAccess(WINDOW.multipliedBy(2))
            .build();

    /** Throws {@code rate-limited}. */
    void take(Secret secret) {
        ConsumptionProbe probe = buckets.get(secret.hash(), unseen -> full()).tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            throw Problem.of(
                            Problem.Type.RATE_LIMITED,
                            "At most " + MOST_A_MINUTE
                                    + " reads of a calendar address a minute; wait as Retry-After says.")
                    .retryAfter(TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill() + 999_999_999));
        }
    }

    private static Bucket full() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(MOST_A_MINUTE).refillGreedy(MOST_A_MINUTE, WINDOW))
                .build();
    }
}
