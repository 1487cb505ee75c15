package io.lasttable.booking.daybook;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** When something that goes on in the background has last shown that it does. */
final class Heartbeat {

    private final AtomicLong last = new AtomicLong(System.nanoTime());

    void beat() {
        last.set(System.nanoTime());
    }

    Duration silentFor() {
        return Duration.ofNanos(System.nanoTime() - last.get());
    }
}
