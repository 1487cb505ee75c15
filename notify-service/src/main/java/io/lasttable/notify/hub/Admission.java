package io.lasttable.notify.hub;

import io.lasttable.edge.ClientAddress;
import io.lasttable.notify.NotifyConfig;
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
import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger places = new AtomicInteger();
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    /** Connections that have been opened or closed since the start. */
    private final LongAdder movements = new LongAdder();

    private final List<String> origins;
    private volatile boolean closed;

    Admission(NotifyConfig config, FeedProgress feed) {
        this.config = config;
        this.feed = feed;
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
        return ClientAddress.network(ClientAddress.of(request, config.limits().proxies()));
    }

    /**
     * Takes a place for a connection of this caller; empty when it has one, and {@link #left} is then to be called once. Counted
     * here and not when it is open, so that many who come at once do not all find room for one.
     */
    public Optional<Refusal> enter(HttpServerRequest request, String caller) {
        if (closed || !feed.isCaughtUp()) {
            return Optional.of(overloaded(closed ? "This replica is going away" : "This replica is still starting"));
        }
        if (!isAllowed(request.getHeader("Origin"))) {
            return Optional.of(new Refusal(403, "/problems/forbidden", "Pages of this origin may not connect", 0));
        }
        int all = places.incrementAndGet();
        int ofAddress = byAddress.merge(caller, 1, Integer::sum);
        movements.increment();
        Optional<Refusal> refusal = full(all, ofAddress);
        if (refusal.isPresent()) {
            left(caller);
        }
        return refusal;
    }

    private Optional<Refusal> full(int all, int ofAddress) {
        if (all > config.limits().connections()) {
            return Optional.of(overloaded("This replica is full"));
        }
        int most = config.limits().connectionsPerAddress();
        return most > 0 && ofAddress > most
                ? Optional.of(new Refusal(
                        429, "/problems/rate-limited", "Too many connections from this address", retryAfter()))
                : Optional.empty();
    }

    /** The place of a connection of this caller is free again. */
    public void left(String caller) {
        movements.increment();
        places.decrementAndGet();
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
