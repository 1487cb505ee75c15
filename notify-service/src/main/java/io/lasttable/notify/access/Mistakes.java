package io.lasttable.notify.access;

import io.lasttable.edge.ClientAddress;
import io.lasttable.notify.NotifyConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How often an address has sent what leads nowhere. Kept is one instant for each: when all of it will be forgiven, which each
 * mistake puts off by its share of a minute (GCRA). When one more would put it off by more than a minute, it is too many. Who makes none costs nothing but a
 * look at an empty map. The number of addresses is bounded: past it new ones are not counted.
 */
@ApplicationScoped
public class Mistakes {

    private static final int MOST_ADDRESSES = 100_000;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Map<String, Long> forgivenAt = new ConcurrentHashMap<>();
    private final int perMinute;
    private final int proxies;
    private final LongSupplier nanos;
    private final AtomicLong lookedAt;

    @Inject
    Mistakes(NotifyConfig config) {
        this(config.limits().mistakesPerMinute(), config.limits().proxies(), System::nanoTime);
    }

    Mistakes(int perMinute, int proxies, LongSupplier nanos) {
        this.perMinute = perMinute;
        this.proxies = proxies;
        this.nanos = nanos;
        this.lookedAt = new AtomicLong(nanos.getAsLong());
    }

    /** Whether the request's address has made too many, so that it is refused unread. */
    boolean tooMany(HttpServerRequest request) {
        return !forgivenAt.isEmpty() && tooMany(caller(request));
    }

    boolean tooMany(String caller) {
        Long until = forgivenAt.get(caller);
        return until != null && until - nanos.getAsLong() + share() > MINUTE_NANOS;
    }

    /** Counts one of the request's address. */
    public void count(HttpServerRequest request) {
        count(caller(request));
    }

    void count(String caller) {
        if (perMinute > 0 && (forgivenAt.size() < MOST_ADDRESSES || forgets() || forgivenAt.containsKey(caller))) {
            long now = nanos.getAsLong();
            Long until = forgivenAt.merge(
                    caller, now + share(), (before, first) -> before - now > 0 ? before + share() : first);
            assert until - now > 0;
        }
    }

    private long share() {
        return MINUTE_NANOS / perMinute;
    }

    /** Whether there is room for another address once those that are forgiven have left; looked for once a second. */
    private boolean forgets() {
        long now = nanos.getAsLong();
        long looked = lookedAt.get();
        return now - looked >= SECOND_NANOS
                && lookedAt.compareAndSet(looked, now)
                && forgivenAt.values().removeIf(until -> until - now <= 0);
    }

    private String caller(HttpServerRequest request) {
        return ClientAddress.network(ClientAddress.of(request, proxies));
    }
}
