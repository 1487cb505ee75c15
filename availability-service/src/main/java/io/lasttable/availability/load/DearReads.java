package io.lasttable.availability.load;

import io.lasttable.availability.problem.Problem;
import io.lasttable.availability.problem.ProblemException;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds how many searches and calendars are under way at once: each costs the database as much as some fifty day reads, so
 * that a day read, which is what live views and bookings wait for, stands behind few of them. Whoever asks is public, and
 * limits by address do not hold many addresses.
 */
@ApplicationScoped
public class DearReads {

    private static final long RETRY_SECONDS = 1;

    private final AtomicInteger underWay = new AtomicInteger();
    private final int most;

    DearReads(AvailabilitySettings settings) {
        this.most = settings.reads().dear();
    }

    /** Fails with {@code overloaded} when as many as may be are under way. */
    public <T> Uni<T> run(Supplier<Uni<T>> read) {
        return Uni.createFrom().deferred(() -> {
            if (underWay.incrementAndGet() > most) {
                underWay.decrementAndGet();
                throw new ProblemException(new Problem.Overloaded(RETRY_SECONDS));
            }
            return read.get().onTermination().invoke(underWay::decrementAndGet);
        });
    }
}
