package io.lasttable.notify.hub;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.access.Caller;
import io.lasttable.notify.kafka.FeedProgress;
import io.lasttable.notify.wire.QuietCollection;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** Who may open a socket or a stream on this replica now. */
@Singleton
public class Admission {

    private static final int LONGEST_RETRY_SECONDS = 5;

    /**
     * Why not.
     *
     * @param status HTTP status
     * @param retryAfterSeconds 0 when coming back is of no use
     */
    public record Refusal(int status, String type, String title, int retryAfterSeconds) {}

    private final NotifyConfig config;
    private final FeedProgress feed;
    private final Hub hub;
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    /** Connections that have been opened or closed since the start. */
    private final LongAdder movements = new LongAdder();

    private final List<String> origins;
    private volatile boolean closed;

    Admission(NotifyConfig config, FeedProgress feed, Hub hub) {
        this.config = config;
        this.feed = feed;
        this.hub = hub;
        this.origins = config.limits().origins().orElse(List.of());
    }

    void start(@Observes StartupEvent event, QuietCollection collection) {
        collection.start(movements::sum);
    }

    /** Admits nobody from now on: the replica goes away. */
    public void close() {
        closed = true;
    }

    /** The address that the request counts for. */
    public String caller(HttpServerRequest request) {
        return Caller.of(request, config.limits().proxies());
    }

    /** Empty when the connection may be opened. */
    public Optional<Refusal> refuse(HttpServerRequest request) {
        if (closed || !feed.isCaughtUp()) {
            return Optional.of(overloaded(closed ? "This replica is going away" : "This replica is still starting"));
        }
        if (!isAllowed(request.getHeader("Origin"))) {
            return Optional.of(new Refusal(403, "/problems/forbidden", "Pages of this origin may not connect", 0));
        }
        if (hub.connections() >= config.limits().connections()) {
            return Optional.of(overloaded("This replica is full"));
        }
        int most = config.limits().connectionsPerAddress();
        if (most > 0 && byAddress.getOrDefault(caller(request), 0) >= most) {
            return Optional.of(
                    new Refusal(429, "/problems/rate-limited", "Too many connections from this address", retryAfter()));
        }
        return Optional.empty();
    }

    /** A connection of this caller has been opened. */
    public void opened(String caller) {
        movements.increment();
        byAddress.merge(caller, 1, Integer::sum);
    }

    /** It has been closed. */
    public void closed(String caller) {
        movements.increment();
        byAddress.computeIfPresent(caller, (same, open) -> open > 1 ? open - 1 : null);
    }

    private boolean isAllowed(String origin) {
        return origin == null || origins.isEmpty() || origins.contains(origin);
    }

    private static Refusal overloaded(String title) {
        return new Refusal(503, "/problems/overloaded", title, retryAfter());
    }

    private static int retryAfter() {
        return 1 + ThreadLocalRandom.current().nextInt(LONGEST_RETRY_SECONDS);
    }
}
