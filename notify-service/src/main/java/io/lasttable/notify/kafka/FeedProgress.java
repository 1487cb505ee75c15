package io.lasttable.notify.kafka;

import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** How far the feed has come; written by its thread, read by readiness, admission and metrics. */
@Singleton
public class FeedProgress {

    private volatile boolean caughtUp;
    private volatile boolean stalled;
    private volatile double lagSeconds;
    private volatile Consumer<Boolean> listener = now -> {};

    /** Whether what was in Kafka at the start has been read. Stays true. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    /** Whether Kafka cannot be heard or reading does not keep up with it, so that states may be old. */
    public boolean isStalled() {
        return stalled;
    }

    /** Age of the last record read while more wait to be read; 0 when none do. Seconds. */
    public double lagSeconds() {
        return lagSeconds;
    }

    /** Calls {@code changed} on the feed's thread with what {@link #isStalled} says from then on. */
    public void onStalled(Consumer<Boolean> changed) {
        listener = changed;
    }

    void caughtUp() {
        caughtUp = true;
    }

    void stalled(boolean now) {
        stalled = now;
        listener.accept(now);
    }

    void lag(double seconds) {
        lagSeconds = seconds;
    }
}
