package io.lasttable.booking.signal;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Collects names and tells them together: the first at once, the next not before the debounce has passed. */
final class SignalSender {

    /** PostgreSQL takes payloads below 8,000 bytes. */
    private static final int LONGEST_NAMES = 6_900;

    private final Vertx vertx;
    private final BiConsumer<Signal, String> others;
    private final long debounceNanos;
    private final Map<Signal, Set<String>> waiting = new EnumMap<>(Signal.class);
    private long lastTold;
    private boolean isDue;

    SignalSender(Vertx vertx, Duration debounce, BiConsumer<Signal, String> others) {
        this.vertx = vertx;
        this.others = others;
        this.debounceNanos = debounce.toNanos();
        this.lastTold = System.nanoTime() - debounceNanos;
    }

    synchronized void add(Signal signal, Set<String> names) {
        boolean isNews = waiting.computeIfAbsent(signal, any -> new HashSet<>()).addAll(names);
        if (isNews && !isDue) {
            isDue = true;
            long pauseMillis = (debounceNanos - (System.nanoTime() - lastTold)) / 1_000_000;
            if (pauseMillis <= 0) {
                vertx.runOnContext(now -> tell());
            } else {
                vertx.setTimer(pauseMillis, tick -> tell());
            }
        }
    }

    private void tell() {
        news().forEach((signal, names) -> others.accept(signal, joined(names)));
    }

    private synchronized Map<Signal, Set<String>> news() {
        Map<Signal, Set<String>> news = new EnumMap<>(waiting);
        waiting.clear();
        isDue = false;
        lastTold = System.nanoTime();
        return news;
    }

    private static String joined(Set<String> names) {
        String joined = String.join(",", names);
        return joined.length() > LONGEST_NAMES ? Signals.ANY : joined;
    }
}
