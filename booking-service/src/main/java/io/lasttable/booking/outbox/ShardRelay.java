package io.lasttable.booking.outbox;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Brings one shard of the outbox to Kafka, in id order, on a thread of its own.
 *
 * <p>Phases: <i>waiting</i> for the shard's lease; <i>owning</i> it with a Kafka producer whose transactional id belongs to
 * the shard. Opening that producer fences the previous owner's at the broker, so an owner that was paused and wakes up
 * late cannot append an older state behind a newer one.
 *
 * <p>A batch is read, sent and committed to Kafka, and only then deleted. A crash before the commit to Kafka leaves the
 * rows; a crash between commit and delete sends them once more under the same ids. So delivery is at least once, the order
 * within a shard is the outbox's, and readers drop what they have by version. Any failure ends the phase: the producer is
 * closed, and after a pause the shard starts over from the oldest row.
 */
final class ShardRelay implements Runnable {

    private static final Logger LOG = Logger.getLogger(ShardRelay.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final int shard;
    private final String owner;
    private final OutboxRows rows;
    private final Supplier<ShardProducer> producers;
    private final RelayTimes times;
    private final RelayMetrics metrics;
    private final Semaphore news = new Semaphore(0);
    private volatile boolean stopping;

    /** How long a lease lasts, how often an idle shard looks, and how many rows it takes at once. */
    record RelayTimes(Duration lease, Duration poll, int batch) {}

    ShardRelay(
            int shard,
            String owner,
            OutboxRows rows,
            Supplier<ShardProducer> producers,
            RelayTimes times,
            RelayMetrics metrics) {
        this.shard = shard;
        this.owner = owner;
        this.rows = rows;
        this.producers = producers;
        this.times = times;
        this.metrics = metrics;
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
                if (rows.lease(shard, owner, times.lease())) {
                    own();
                }
                pause(times.lease().dividedBy(5));
            } catch (SQLException | KafkaException e) {
                LOG.warnf("Outbox shard %d stopped and will start over: %s", shard, e.getMessage());
                pause(PAUSE_AFTER_FAILURE);
            }
        }
    }

    private void own() throws SQLException {
        LOG.infof("Outbox shard %d is ours", shard);
        metrics.owned(1);
        try (ShardProducer producer = producers.get()) {
            relay(producer);
            boolean released = rows.release(shard, owner);
            LOG.infof("Outbox shard %d %s", shard, released ? "given back" : "already taken by another");
        } finally {
            metrics.owned(-1);
        }
    }

    private void relay(ShardProducer producer) throws SQLException {
        long renewAt = System.nanoTime() + times.lease().toNanos() / 3;
        while (!stopping) {
            if (System.nanoTime() - renewAt >= 0) {
                if (!rows.lease(shard, owner, times.lease())) {
                    return;
                }
                renewAt = System.nanoTime() + times.lease().toNanos() / 3;
            }
            news.drainPermits();
            List<OutboxRows.Row> batch = rows.oldest(shard, times.batch());
            if (batch.isEmpty()) {
                pause(times.poll());
            } else {
                producer.publish(batch);
                int deleted = rows.delete(shard, batch);
                metrics.published(batch, deleted);
            }
        }
    }

    private void pause(Duration most) {
        try {
            if (news.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
