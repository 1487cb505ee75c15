package io.lasttable.notify.wire;

import io.quarkus.runtime.ImageMode;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.LongSupplier;

/**
 * In the native executable, a collection of the whole heap once it is quiet after thousands of connections have come or gone.
 * Its collector stops every event loop for as long as all that lives takes, about a tenth of a second, and several times that where
 * others want the cores. Left alone it does so when the heap is full; what ended connections leave behind fills it, so that would
 * be while thousands come back. A JVM collects the old generation beside the event loops.
 */
@Singleton
public class QuietCollection {

    /** Comings and goings; each leaves up to 10 KB behind. */
    static final long MANY = 4_000;

    /** Comings and goings in a second that is still a quiet one. */
    static final long FEW = 20;

    /** Such seconds in a row, so that those who have just come back are served before. */
    static final int QUIET_SECONDS = 3;

    private static final long SECOND_MILLIS = 1_000;

    private final Vertx vertx;
    private long seen;
    private long collectedAt;
    private int quietSeconds;

    QuietCollection(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param movements connections that have been opened or closed since the start */
    public void start(LongSupplier movements) {
        if (ImageMode.current().isNativeImage()) {
            vertx.setPeriodic(SECOND_MILLIS, timer -> {
                if (isDue(movements.getAsLong())) {
                    System.gc();
                }
            });
        }
    }

    /**
     * To be asked once a second; after {@code true} it is not due again until as many have moved once more.
     */
    boolean isDue(long movements) {
        quietSeconds = movements - seen <= FEW ? quietSeconds + 1 : 0;
        seen = movements;
        if (quietSeconds < QUIET_SECONDS || movements - collectedAt < MANY) {
            return false;
        }
        collectedAt = movements;
        return true;
    }
}
