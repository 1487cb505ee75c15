package io.lasttable.local.balancer;

import io.vertx.core.Handler;
import io.vertx.core.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** One replica behind the load balancer. Safe for use from every event loop. */
public final class Target {

    /** {@code INITIAL} and {@code UNHEALTHY} get nothing new; {@code DRAINING} only finishes what it has. */
    public enum State {
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        DRAINING
    }

    private final String name;
    private final SocketAddress address;
    private final SocketAddress health;
    private final Set<Handler<Void>> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong served = new AtomicLong();
    private volatile State state = State.INITIAL;

    /**
     * @param port where it answers
     * @param healthPort where it answers for its health
     */
    public Target(String name, int port, int healthPort) {
        this.name = name;
        this.address = SocketAddress.inetSocketAddress(port, "127.0.0.1");
        this.health = SocketAddress.inetSocketAddress(healthPort, "127.0.0.1");
    }

    public String name() {
        return name;
    }

    public State state() {
        return state;
    }

    /** Requests and sockets in flight. */
    public int inFlight() {
        return open.size();
    }

    /** Requests and sockets given to this target so far. */
    public long served() {
        return served.get();
    }

    SocketAddress address() {
        return address;
    }

    SocketAddress health() {
        return health;
    }

    void become(State next) {
        if (state != State.DRAINING) {
            state = next;
        }
    }

    /** Counts one request or socket; {@code close} ends it by force once draining has lasted long enough. */
    void begin(Handler<Void> close) {
        served.incrementAndGet();
        open.add(close);
    }

    void end(Handler<Void> close) {
        open.remove(close);
    }

    void closeAll() {
        open.forEach(close -> close.handle(null));
    }
}
