package io.lasttable.notify.hub;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DaySource;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.day.DayWatches;
import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.reservation.ReservationSource;
import io.lasttable.notify.reservation.ReservationWatches;
import io.lasttable.notify.wire.Loop;
import io.lasttable.notify.wire.Pace;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Everything that belongs to one event loop: its connections, and what they watch. All of it is touched by that loop's
 * thread only, so a write to a connection needs neither a lock nor a hop.
 *
 * <p>The tick: a change on a quiet shard leaves at once; the next flush begins no sooner than a tick after the last one
 * began, and no sooner than that one took, so that fan-out leaves half of the loop to everything else. What changes
 * meanwhile leaves with it, once. A flush serves {@value #SLICE} watchers in a turn of the loop.
 */
public final class Shard {

    private static final Logger LOG = Logger.getLogger(Shard.class);
    private static final int SLICE = 256;
    private static final long PROBE_MILLIS = 100;

    private final Loop loop;
    private final NotifyConfig config;
    private final LiveMetrics metrics;
    private final DayWatches days;
    private final ReservationWatches reservations;
    private final Connections connections = new Connections();
    private final Pace knocking;
    private final Clock clock = Clock.systemUTC();
    private boolean flushing;
    private long flushBegan;
    private long notBefore;
    private long conflationsSeen;
    private volatile int size;

    Shard(
            Loop loop,
            NotifyConfig config,
            LiveMetrics metrics,
            Function<Shard, DaySource> days,
            Function<Shard, ReservationSource> reservations) {
        this.loop = loop;
        this.config = config;
        this.metrics = metrics;
        this.days = new DayWatches(days.apply(this), state -> metrics.served(state.committedAtMicros()));
        this.reservations = new ReservationWatches(reservations.apply(this));
        this.knocking = new Pace(this::nextTurn, System::nanoTime);
        this.notBefore = System.nanoTime();
    }

    void start() {
        loop.everySecond(() -> safely(this::sweep));
        probe(System.nanoTime());
    }

    /** Runs on the event loop; a failure is logged and hurts nobody else. */
    public void execute(Runnable task) {
        loop.execute(() -> safely(task));
    }

    private void nextTurn(Runnable task) {
        loop.nextTurn(() -> safely(task));
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A live view step failed", e);
        }
    }

    /** Runs a task on the event loop in its turn when many wait: ten thousand may knock at once. Any thread. */
    public void pace(Runnable task) {
        if (loop.isCurrent()) {
            knocking.add(task);
        } else {
            execute(() -> knocking.add(task));
        }
    }

    /** The days; on the event loop only. */
    public DayWatches days() {
        return days;
    }

    /** The private views; on the event loop only. */
    public ReservationWatches reservations() {
        return reservations;
    }

    /** Adds a connection of this event loop. */
    public void add(Connection connection) {
        connections.add(connection);
        size = connections.size();
    }

    public void remove(Connection connection) {
        connections.remove(connection);
        size = connections.size();
    }

    /** Connections; any thread. */
    int size() {
        return size;
    }

    /** News about the whole replica. */
    void tell(Message message) {
        connections.forEach(connection -> connection.outbox().reply(message));
    }

    void sendAway(int most, LongSupplier reconnectAfterMillis) {
        connections.staying(most).forEach(connection -> connection.bye(reconnectAfterMillis.getAsLong()));
    }

    /** A state from the feed or a snapshot. */
    void take(DayState state) {
        if (!days.take(state)) {
            return;
        }
        if (config.live().tick().isZero()) {
            flushAtOnce();
        } else {
            scheduleFlush();
        }
    }

    /** Without a tick every change is a frame of its own. */
    private void flushAtOnce() {
        days.beginFlush();
        boolean more = true;
        while (more) {
            more = days.flush(SLICE);
        }
    }

    private void scheduleFlush() {
        if (flushing) {
            return;
        }
        flushing = true;
        long wait = notBefore - System.nanoTime();
        if (wait <= 0) {
            execute(this::beginFlush);
        } else {
            loop.later(wait, () -> safely(this::beginFlush));
        }
    }

    private void beginFlush() {
        flushBegan = System.nanoTime();
        days.beginFlush();
        flush();
    }

    private void flush() {
        if (days.flush(SLICE)) {
            nextTurn(this::flush);
            return;
        }
        flushing = false;
        long now = System.nanoTime();
        notBefore = Math.max(flushBegan + config.live().tick().toNanos(), now + (now - flushBegan));
        metrics.conflated(days.conflated() - conflationsSeen);
        conflationsSeen = days.conflated();
        if (days.hasChanges()) {
            scheduleFlush();
        }
    }

    private void sweep() {
        long now = clock.millis();
        reservations.expire(now / 1000);
        connections.visit((int) Math.max(1, config.live().pingInterval().toSeconds()), now);
    }

    private void probe(long due) {
        loop.later(Math.max(0, due - System.nanoTime()), () -> {
            long now = System.nanoTime();
            metrics.loopDelay(now - due);
            probe(now + TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS));
        });
    }
}
