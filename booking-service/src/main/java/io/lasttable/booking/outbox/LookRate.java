package io.lasttable.booking.outbox;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How often a shard is looked at: at once after a quiet time, and on a busy shard at most so often, so that what is committed
 * meanwhile is read, sent and taken in together. The generic cell rate algorithm (ITU-T I.371): one look a spacing, and a
 * burst of them where there were none for a while. For one thread.
 */
final class LookRate {

    private final long spacing;
    private final long tolerance;
    private final LongSupplier nanos;
    private long next;

    /**
     * @param burst looks that may follow one another without a pause, at least 1
     * @param nanos a clock like {@link System#nanoTime}
     */
    LookRate(Duration spacing, int burst, LongSupplier nanos) {
        this.spacing = spacing.toNanos();
        this.tolerance = this.spacing * (burst - 1);
        this.nanos = nanos;
        this.next = nanos.getAsLong();
    }

    /** How long a look has to wait still; zero: it may be taken now and has been counted. */
    Duration take() {
        long now = nanos.getAsLong();
        long wait = next - tolerance - now;
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        next = (next - now > 0 ? next : now) + spacing;
        return Duration.ZERO;
    }
}
