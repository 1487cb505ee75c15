package io.lasttable.notify.feed;

import jakarta.inject.Singleton;

/** How far the feed has come; written by its thread, read by readiness, admission and metrics. */
@Singleton
public class FeedProgress {

    private volatile boolean caughtUp;
    private volatile boolean stalled;
    private volatile double lagSeconds;

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

    void caughtUp() {
        caughtUp = true;
    }

    void stalled(boolean now) {
        stalled = now;
    }

    void lag(double seconds) {
        lagSeconds = seconds;
    }
}
