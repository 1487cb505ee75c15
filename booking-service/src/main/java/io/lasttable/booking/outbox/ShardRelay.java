package io.lasttable.booking.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Brings one shard of the outbox to Kafka, in id order, on a thread of its own.
 *
 * <p>Phases: <i>waiting</i> for the shard's lease; <i>owning</i> it with a publisher whose opening fences that of the previous
 * owner. Invariant: what an owner publishes it has read <i>after</i> it opened its publisher. So whoever opened last publishes
 * every row that is left, in order, behind everything that anybody published before, and an owner that was paused at any
 * instruction and wakes up late is either refused by Kafka or has itself become the last who opened.
 *
 * <p>A look follows each commit, on a busy shard a little later and for several commits at once ({@link LookRate}). It begins
 * above what has gone for good ({@link LookStart}). Rows are sent as soon as they are seen, and readers, which read
 * uncommitted, have them then. The Kafka transaction that they are sent in stays open for a short while and takes in what
 * follows, since its end costs a marker in each partition that it touched, however few records it holds. Only rows that
 * have been committed to Kafka are removed. A crash before the commit leaves the rows; a crash between commit and removal
 * sends them once more under the same ids. So delivery is at least once, the order within a shard is the outbox's, and
 * readers drop what they have by version. Any failure ends the phase: the publisher is closed, and after a pause the shard
 * starts over from the oldest row.
 */
final class ShardRelay implements Runnable {

    private static final Logger LOG = Logger.getLogger(ShardRelay.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    /** How often the server is asked which transactions run. Removed rows of so long are what a look has to step over. */
    private static final Duration START_CHECK = Duration.ofSeconds(1);

    /** Enough that a shard with a quarter of what the spacing allows is looked at without a wait, however its rows come. */
    private static final int LOOKS_AT_ONCE = 8;

    private final int shard;
    private final ShardLeases leases;
    private final OutboxRows rows;
    private final Supplier<Publisher> publishers;
    private final Pace pace;
    private final Published published;
    private final LookRate looks;
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);

    /**
     * How a shard is relayed.
     *
     * @param lease how long it stays with an owner that is gone
     * @param poll between two looks at an idle shard
     * @param spacing between two looks at a busy shard, see {@link LookRate}
     * @param gather how long a Kafka transaction is kept open for more rows
     * @param batch rows that it takes at most
     */
    record Pace(Duration lease, Duration poll, Duration spacing, Duration gather, int batch) {}

    /** Told what Kafka has acknowledged, on a thread of Kafka's, and what has been removed. */
    interface Published extends Consumer<OutboxRows.Removed> {

        void acknowledged(OutboxRows.Row row);
    }

    ShardRelay(
            int shard,
            ShardLeases leases,
            OutboxRows rows,
            Supplier<Publisher> publishers,
            Pace pace,
            Published published) {
        this.shard = shard;
        this.leases = leases;
        this.rows = rows;
        this.publishers = publishers;
        this.pace = pace;
        this.published = published;
        this.looks = new LookRate(pace.spacing(), LOOKS_AT_ONCE, System::nanoTime);
    }

    void wake() {
        news.release();
    }

    void stop() {
        stopping.countDown();
        wake();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void run() {
        while (!isStopping()) {
            try {
                if (leases.take(shard)) {
                    own();
                }
                pause(pace.lease().dividedBy(5));
            } catch (SQLException | RuntimeException e) {
                LOG.warnf("Outbox shard %d stopped and will start over: %s", shard, e.getMessage());
                pause(PAUSE_AFTER_FAILURE);
            } finally {
                leases.forget(shard);
            }
        }
    }

    private void own() throws SQLException {
        LOG.infof("Outbox shard %d is ours", shard);
        try (Publisher publisher = publishers.get()) {
            relay(publisher);
        }
        boolean released = isStopping() && leases.release(shard);
        LOG.infof("Outbox shard %d %s", shard, released ? "given back" : "now belongs to another");
    }

    private void relay(Publisher publisher) throws SQLException {
        List<OutboxRows.Row> sent = new ArrayList<>();
        LookStart start = new LookStart(System::nanoTime, START_CHECK.toNanos());
        long commitAt = 0;
        while (awaitLook() && leases.holds(shard)) {
            news.drainPermits();
            if (start.isDue()) {
                start.running(rows.transactions());
            }
            List<OutboxRows.Row> fresh = rows.oldest(shard, start.above(), sent, pace.batch());
            start.read(fresh, fresh.size() < pace.batch());
            if (!fresh.isEmpty()) {
                publisher.send(fresh, published::acknowledged);
                commitAt = sent.isEmpty() ? System.nanoTime() + pace.gather().toNanos() : commitAt;
                sent.addAll(fresh);
            }
            Duration open = Duration.ofNanos(commitAt - System.nanoTime());
            if (sent.isEmpty()) {
                pause(pace.poll());
            } else if (open.isNegative() || sent.size() >= pace.batch()) {
                commit(publisher, sent);
            } else {
                pause(open.compareTo(pace.poll()) < 0 ? open : pace.poll());
            }
        }
        if (!sent.isEmpty() && leases.holds(shard)) {
            commit(publisher, sent);
        }
    }

    private void commit(Publisher publisher, List<OutboxRows.Row> sent) throws SQLException {
        publisher.commit();
        published.accept(rows.remove(shard, sent));
        sent.clear();
    }

    /** Returns when the shard may be looked at; false: the relay is stopping. What comes meanwhile is seen by that look. */
    private boolean awaitLook() {
        try {
            Duration wait = looks.take();
            while (!wait.isZero() && !stopping.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
                wait = looks.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
        return !isStopping();
    }

    private void pause(Duration most) {
        try {
            if (!isStopping() && news.tryAcquire(most.toNanos(), TimeUnit.NANOSECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }
}
