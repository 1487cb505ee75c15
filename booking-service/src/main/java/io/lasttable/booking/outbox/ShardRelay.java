package io.lasttable.booking.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
 * <p>A batch is read, sent and committed to Kafka, and only then removed. A crash before the commit to Kafka leaves the
 * rows; a crash between commit and removal sends them once more under the same ids. So delivery is at least once, the order
 * within a shard is the outbox's, and readers drop what they have by version. Any failure ends the phase: the publisher is
 * closed, and after a pause the shard starts over from the oldest row.
 */
final class ShardRelay implements Runnable {

    private static final Logger LOG = Logger.getLogger(ShardRelay.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final int shard;
    private final ShardLeases leases;
    private final OutboxRows rows;
    private final Supplier<Publisher> publishers;
    private final RelayTimes times;
    private final Published published;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopping;

    /** How long a replica waits between two looks at a lease, between two at an idle shard, and how many rows it takes. */
    record RelayTimes(Duration lease, Duration poll, int batch) {}

    /** Told what has been published and removed. */
    interface Published extends Consumer<OutboxRows.Removed> {

        void published(List<OutboxRows.Row> batch);
    }

    ShardRelay(
            int shard,
            ShardLeases leases,
            OutboxRows rows,
            Supplier<Publisher> publishers,
            RelayTimes times,
            Published published) {
        this.shard = shard;
        this.leases = leases;
        this.rows = rows;
        this.publishers = publishers;
        this.times = times;
        this.published = published;
    }

    void wake() {
        news.release();
    }

    void stop() {
        stopping = true;
        wake();
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                if (leases.take(shard)) {
                    own();
                }
                pause(times.lease().dividedBy(5));
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
        boolean released = stopping && leases.release(shard);
        LOG.infof("Outbox shard %d %s", shard, released ? "given back" : "now belongs to another");
    }

    private void relay(Publisher publisher) throws SQLException {
        while (!stopping && leases.holds(shard)) {
            news.drainPermits();
            List<OutboxRows.Row> batch = rows.oldest(shard, times.batch());
            if (batch.isEmpty()) {
                pause(times.poll());
            } else {
                publisher.publish(batch);
                published.published(batch);
                published.accept(rows.remove(shard, batch));
            }
        }
    }

    private void pause(Duration most) {
        try {
            if (!stopping && news.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
