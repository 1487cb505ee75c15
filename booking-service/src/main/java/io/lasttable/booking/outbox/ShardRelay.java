package io.lasttable.booking.outbox;

import io.github.bucket4j.Bucket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Brings one shard of the outbox to Kafka, in id order, on a thread of its own.
 *
 * <p>Phases: <i>waiting</i> for the shard's lease, with a rehearsal of what comes next; <i>owning</i> it with a publisher whose
 * opening fences that of the previous owner. Invariant: what an owner publishes it has read <i>after</i> it opened its publisher.
 * So whoever opened last publishes every row that is left, in order, behind everything that anybody published before, and an
 * owner that was paused at any instruction and wakes up late is either refused by Kafka or has itself become the last who opened.
 *
 * <p>A look follows each commit, on a busy shard a little later and for several commits at once; what it
 * finds is a matter of the {@link Tenure}. Any failure ends the phase: the publisher is closed, the lease is given back, and
 * this relay rests for longer than the others wait between two attempts, since the fault may be its own way to Kafka alone.
 * Whoever takes the shard next starts over from the oldest row. A record that Kafka refuses for what it is would be
 * refused there as well, so it is set aside first.
 */
final class ShardRelay implements Runnable {

    private static final Logger LOG = Logger.getLogger(ShardRelay.class);

    /** Enough that a shard with a quarter of what the spacing allows is looked at without a wait, however its rows come. */
    private static final int LOOKS_AT_ONCE = 8;

    private final int shard;
    private final ShardLeases leases;
    private final OutboxRows rows;
    private final Publishers publishers;
    private final Pace pace;
    private final Published published;
    private final Bucket looks;
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile long lastStep = System.nanoTime();
    private volatile boolean forked;

    /**
     * How a shard is relayed.
     *
     * @param lease how long it stays with an owner that is gone
     * @param poll between two looks at an idle shard
     * @param spacing between two looks at a busy shard, after a burst of them
     * @param gather how long a Kafka transaction is kept open for more rows
     * @param batch rows that it takes at most
     * @param watermark between two words to the readers of how far the shard has come
     */
    record Pace(Duration lease, Duration poll, Duration spacing, Duration gather, int batch, Duration watermark) {

        /** Between two attempts to take a shard that another owns. */
        Duration attempt() {
            return lease.dividedBy(5);
        }

        /** After a failure: the others attempt twice at least meanwhile. */
        Duration rest() {
            return attempt().multipliedBy(3);
        }
    }

    /** Told what Kafka has acknowledged, on a thread of Kafka's, and what has been removed. */
    interface Published extends Consumer<OutboxRows.Removed> {

        void acknowledged(OutboxRows.Row row);
    }

    ShardRelay(int shard, ShardLeases leases, OutboxRows rows, Publishers publishers, Pace pace, Published published) {
        this.shard = shard;
        this.leases = leases;
        this.rows = rows;
        this.publishers = publishers;
        this.pace = pace;
        this.published = published;
        this.looks = Bucket.builder()
                .addLimit(limit -> limit.capacity(LOOKS_AT_ONCE).refillGreedy(1, pace.spacing()))
                .withNanosecondPrecision()
                .build();
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

    /** Whether this thread has done nothing for so long that something must be broken that nothing here ends. */
    boolean isStuck(Duration limit) {
        return System.nanoTime() - lastStep > limit.toNanos();
    }

    @Override
    public void run() {
        while (!isStopping()) {
            lastStep = System.nanoTime();
            try {
                if (leases.take(shard)) {
                    own();
                } else {
                    rehearse();
                }
                leases.forget(shard);
                pause(pace.attempt());
            } catch (RefusedRecord refused) {
                setAside(refused);
            } catch (Throwable e) {
                giveAway(e);
            }
        }
    }

    private void rehearse() {
        try {
            publishers.rehearse();
        } catch (RuntimeException e) {
            LOG.debugf("Opening a publisher was not rehearsed to its end: %s", e.getMessage());
        }
    }

    private void own() throws SQLException {
        LOG.infof("Outbox shard %d is ours", shard);
        try (Publisher publisher = publishers.open()) {
            checkHistory(publisher);
            relay(new Tenure(shard, rows, publisher, pace, published));
        }
        boolean released = isStopping() && leases.release(shard);
        LOG.infof("Outbox shard %d %s", shard, released ? "given back" : "now belongs to another");
    }

    /**
     * Kafka must not know of a watermark, of whatever shard, that the database does not: it has gone back then, its versions
     * count up from below those that readers have, and nothing of it may reach them before they are raised.
     */
    private void checkHistory(Publisher publisher) throws SQLException {
        Map<Integer, Long> here = rows.told();
        boolean before = forked;
        forked = publisher.told().entrySet().stream()
                .anyMatch(told -> told.getValue() > here.getOrDefault(told.getKey(), 0L));
        if (forked && !before) {
            LOG.errorf(
                    "Kafka knows of watermarks %s, the database of %s: it has been set back, restored or failed over with a loss."
                            + " Outbox shard %d publishes nothing, and readers say that they are behind, until the one-shot mode"
                            + " `restored` has run: docs/operations/backup.md",
                    publisher.told(), here, shard);
        }
        if (forked) {
            throw new IllegalStateException("the database is older than what Kafka knows of it");
        }
    }

    /** Whether the database was found to be older than what Kafka knows of it, when this process last took the shard. */
    boolean isForked() {
        return forked;
    }

    private void relay(Tenure tenure) throws SQLException {
        while (awaitLook() && leases.holds(shard)) {
            lastStep = System.nanoTime();
            news.drainPermits();
            pause(tenure.step());
        }
        if (leases.holds(shard)) {
            tenure.finish();
        }
    }

    private void setAside(RefusedRecord refused) {
        OutboxRows.Row row = refused.row();
        LOG.errorf(
                "Kafka refuses event %s of %s for good, it is set aside in outbox_refused: %s",
                row.eventId(), row.key(), refused.getMessage());
        try {
            published.accept(rows.setAside(shard, row, refused.getMessage()));
        } catch (SQLException | RuntimeException e) {
            giveAway(e);
        }
    }

    private void giveAway(Throwable failure) {
        LOG.warnf("Outbox shard %d stopped and is given away: %s", shard, failure);
        try {
            boolean released = leases.release(shard);
            LOG.debugf("Outbox shard %d was %s", shard, released ? "ours" : "not ours any more");
        } catch (SQLException | RuntimeException e) {
            LOG.warnf("Outbox shard %d is free when its lease has run out: %s", shard, e.getMessage());
        }
        rest();
    }

    /** Not even news end it. */
    private void rest() {
        try {
            boolean stopped = stopping.await(pace.rest().toNanos(), TimeUnit.NANOSECONDS);
            assert stopped || !isStopping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    /** Returns when the shard may be looked at; false: the relay is stopping. What comes meanwhile is seen by that look. */
    private boolean awaitLook() {
        looks.asBlocking().consumeUninterruptibly(1);
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
