package io.lasttable.notify.live;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.day.DayWatches;
import io.lasttable.notify.loop.Pace;
import io.lasttable.notify.reservation.ReservationWatches;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    private final EventLoop loop;
    private final NotifyConfig config;
    private final LiveMetrics metrics;
    private final DayWatches days;
    private final ReservationWatches reservations;
    private final Peers peers = new Peers();
    private final Executor nextTurn;
    private final Pace knocking;
    private final Clock clock = Clock.systemUTC();
    private boolean flushing;
    private long flushBegan;
    private long notBefore;
    private long conflationsSeen;
    private volatile int size;

    Shard(EventLoop loop, NotifyConfig config, LiveMetrics metrics, ShardSources sources) {
        this.loop = loop;
        this.config = config;
        this.metrics = metrics;
        this.days = new DayWatches(sources.days(this), state -> metrics.served(state.committedAtMicros()));
        this.reservations = new ReservationWatches(sources.reservations(this));
        this.nextTurn = task -> Pace.nextTurn(loop).execute(() -> safely(task));
        this.knocking = new Pace(nextTurn, System::nanoTime);
        this.notBefore = System.nanoTime();
    }

    void start() {
        var sweep = loop.scheduleAtFixedRate(() -> safely(this::sweep), 1, 1, TimeUnit.SECONDS);
        probe(System.nanoTime());
        assert !sweep.isDone();
    }

    /** Runs on the event loop; a failure is logged and hurts nobody else. */
    public void execute(Runnable task) {
        loop.execute(() -> safely(task));
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("A live view step failed", e);
        }
    }

    /** Runs a task on the event loop in its turn when many wait: ten thousand may knock at once. Any thread. */
    void pace(Runnable task) {
        if (loop.inEventLoop()) {
            knocking.add(task);
        } else {
            execute(() -> knocking.add(task));
        }
    }

    /** The days; on the event loop only. */
    public DayWatches days() {
        return days;
    }

    ReservationWatches reservations() {
        return reservations;
    }

    EventLoop loop() {
        return loop;
    }

    /** Adds a connection of this event loop. */
    public void add(Peer peer) {
        peers.add(peer);
        size = peers.size();
    }

    public void remove(Peer peer) {
        peers.remove(peer);
        size = peers.size();
    }

    /** Connections; any thread. */
    int size() {
        return size;
    }

    void forEach(Consumer<Peer> action) {
        peers.forEach(action);
    }

    void sendAway(int most, java.util.function.LongSupplier reconnectAfterMillis) {
        peers.staying(most).forEach(peer -> peer.bye(reconnectAfterMillis.getAsLong()));
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
            var scheduled = loop.schedule(() -> safely(this::beginFlush), wait, TimeUnit.NANOSECONDS);
            assert scheduled != null;
        }
    }

    private void beginFlush() {
        flushBegan = System.nanoTime();
        days.beginFlush();
        flush();
    }

    private void flush() {
        if (days.flush(SLICE)) {
            nextTurn.execute(this::flush);
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
        peers.visit((int) Math.max(1, config.live().pingInterval().toSeconds()), now);
    }

    private void probe(long due) {
        var scheduled = loop.schedule(
                () -> {
                    long now = System.nanoTime();
                    metrics.loopDelay(now - due);
                    probe(now + TimeUnit.MILLISECONDS.toNanos(PROBE_MILLIS));
                },
                Math.max(0, due - System.nanoTime()),
                TimeUnit.NANOSECONDS);
        assert scheduled != null;
    }
}
