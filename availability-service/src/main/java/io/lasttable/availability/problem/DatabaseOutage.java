package io.lasttable.availability.problem;

import io.lasttable.edge.LostConnection;
import io.quarkus.logging.Log;
import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Tells a database that is away, full or too slow from a fault of ours, and says so in the log once in a while. */
final class DatabaseOutage {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_CAUSES = 10;

    /** SQLSTATE classes: connection exception, no such database, insufficient resources, operator intervention. */
    private static final Set<String> AWAY = Set.of("08", "3D", "53", "57");

    private final AtomicLong nextReport = new AtomicLong(System.nanoTime());

    static boolean isBehind(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .anyMatch(DatabaseOutage::isOutage);
    }

    void report(Throwable failure) {
        long now = System.nanoTime();
        long next = nextReport.get();
        if (now - next >= 0 && nextReport.compareAndSet(next, now + QUIET_NANOS)) {
            Log.errorf("The database does not answer (said at most every 10 s): %s", failure.toString());
        }
    }

    private static boolean isOutage(Throwable cause) {
        if (cause instanceof PgException refused) {
            String state = refused.getSqlState();
            return state != null && state.length() == 5 && AWAY.contains(state.substring(0, 2));
        }
        return cause instanceof TimeoutException
                || cause instanceof io.smallrye.mutiny.TimeoutException
                || LostConnection.explains(cause);
    }
}
