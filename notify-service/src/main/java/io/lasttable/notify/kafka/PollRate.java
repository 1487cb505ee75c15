package io.lasttable.notify.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often Kafka is asked for records: at once after a quiet time, and while many changes come at most so often, so that what
 * comes meanwhile is read together. The generic cell rate algorithm (ITU-T I.371): one poll a spacing, and a burst of them where
 * there were none for a while. For one thread.
 */
final class PollRate {

    private final long spacing;
    private final long tolerance;
    private final LongSupplier nanos;
    private long next;

    /**
     * @param burst polls that may follow one another without a pause, at least 1
     * @param nanos a clock like {@link System#nanoTime}
     */
    PollRate(Duration spacing, int burst, LongSupplier nanos) {
        this.spacing = spacing.toNanos();
        this.tolerance = this.spacing * (burst - 1);
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** Counts a poll; how long to wait before it. */
    Duration take() {
        long now = nanos.getAsLong();
        long wait = Math.max(0, next - tolerance - now);
        next = (next - now > 0 ? next : now) + spacing;
        return Duration.ofNanos(wait);
    }
}
