package io.lasttable.booking.background;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * What this replica does now and then without being asked. Every replica does all of it: who may do a thing is decided in the
 * database, and what one leaves undone the next turn of any of them does.
 */
@ApplicationScoped
public class Background {

    private static final Logger LOG = Logger.getLogger(Background.class);

    private final Vertx vertx;
    private final boolean isOn;
    private final List<Long> timers = new CopyOnWriteArrayList<>();

    Background(Vertx vertx, BackgroundSettings settings) {
        this.vertx = vertx;
        this.isOn = settings.background();
    }

    /** False where the process runs for one task only. */
    public boolean isOn() {
        return isOn;
    }

    /**
     * Does it whenever the period has passed, on an event loop; a turn that is not over when the next is due takes its place. One that
     * fails is told by its name, and tried again.
     */
    public <T> void every(Duration period, String name, Supplier<Uni<T>> work) {
        every(period, period, name, work);
    }

    /** The same, and the first time sooner. */
    public <T> void every(Duration first, Duration period, String name, Supplier<Uni<T>> work) {
        if (isOn) {
            timers.add(vertx.setPeriodic(first.toMillis(), period.toMillis(), new Turns<>(name, work)));
        }
    }

    void stop(@Observes ShutdownEvent event) {
        timers.forEach(timer -> {
            boolean cancelled = vertx.cancelTimer(timer);
            assert cancelled;
        });
    }

    private static final class Turns<T> implements Handler<Long> {

        private final AtomicBoolean isUnderWay = new AtomicBoolean();
        private final String name;
        private final Supplier<Uni<T>> work;

        Turns(String name, Supplier<Uni<T>> work) {
            this.name = name;
            this.work = work;
        }

        @Override
        public void handle(Long timer) {
            if (!isUnderWay.compareAndSet(false, true)) {
                return;
            }
            var turn = Uni.createFrom()
                    .deferred(work::get)
                    .onTermination()
                    .invoke(() -> isUnderWay.set(false))
                    .subscribe()
                    .with(done -> LOG.debugf("%s: %s", name, done), this::failed);
            assert turn != null;
        }

        /** An outage says all in a line; a fault of ours has a place. */
        private void failed(Throwable failure) {
            if (failure instanceof VertxException || failure instanceof TimeoutException) {
                LOG.warnf("%s failed, and is tried again: %s", name, failure);
            } else {
                LOG.errorf(failure, "%s failed, and is tried again", name);
            }
        }
    }
}
