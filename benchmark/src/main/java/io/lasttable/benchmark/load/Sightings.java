package io.lasttable.benchmark.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What many sockets see: counted, their versions checked (never back, never twice), and on demand the arrival of every version logged. The
 * version is found in the bytes as they lie, since reading JSON would cost more than the server that is measured.
 */
final class Sightings {

    private static final byte[] VERSION = "\"version\":".getBytes(StandardCharsets.US_ASCII);

    private final Watchers.Plan plan;
    private final AtomicInteger ready = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final LongAdder frames = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder disorder = new LongAdder();
    private final Arrivals arrivals = new Arrivals();
    private volatile boolean logging;

    Sightings(Watchers.Plan plan) {
        this.plan = plan;
    }

    /** Sockets that have seen the first that they wait for. */
    int ready() {
        return ready.get();
    }

    /** Connections that have been sent a state, or the word that theirs is the newest; of those that are open. */
    int served() {
        return served.get();
    }

    long frames() {
        return frames.sum();
    }

    long bytes() {
        return bytes.sum();
    }

    /** Versions that went back or came twice. */
    long disorder() {
        return disorder.sum();
    }

    /** Forgets what was counted; from now on arrivals are logged when {@code log}. */
    void reset(boolean log) {
        synchronized (arrivals) {
            arrivals.clear();
            frames.reset();
            bytes.reset();
            logging = log;
        }
    }

    void eachArrival(Arrivals.Each each) {
        synchronized (arrivals) {
            arrivals.forEach(each);
        }
    }

    /** One that waits for nothing more. */
    void isReady() {
        ready.incrementAndGet();
    }

    void ended(WatchSocket socket) {
        if (socket.served) {
            served.decrementAndGet();
        }
    }

    void text(WatchSocket socket, ByteBuffer payload) {
        frames.increment();
        bytes.add(payload.remaining());
        long version = versionIn(payload);
        if (version == 0) {
            return;
        }
        if (version < socket.version || version == socket.version && socket.served) {
            disorder.increment();
        }
        if (!socket.served) {
            socket.served = true;
            served.incrementAndGet();
        }
        if (socket.version == 0 && !plan.days().isEmpty()) {
            ready.incrementAndGet();
        } else if (logging) {
            log(plan.dayOf(socket.index), socket.version, version);
        }
        socket.version = version;
    }

    private void log(int day, long from, long to) {
        Instant now = Instant.now();
        synchronized (arrivals) {
            arrivals.add(day, from, to, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        }
    }

    /** 0 when there is none. */
    static long versionIn(ByteBuffer payload) {
        int last = payload.limit() - VERSION.length;
        for (int at = 0; at < last; at++) {
            if (payload.get(at) == '"' && payload.get(at + 1) == 'v' && matches(payload, at)) {
                return number(payload, at + VERSION.length);
            }
        }
        return 0;
    }

    private static boolean matches(ByteBuffer payload, int at) {
        for (int i = 2; i < VERSION.length; i++) {
            if (payload.get(at + i) != VERSION[i]) {
                return false;
            }
        }
        return true;
    }

    private static long number(ByteBuffer payload, int from) {
        long number = 0;
        for (int at = from; at < payload.limit() && Character.isDigit(payload.get(at)); at++) {
            number = number * 10 + payload.get(at) - '0';
        }
        return number;
    }
}
