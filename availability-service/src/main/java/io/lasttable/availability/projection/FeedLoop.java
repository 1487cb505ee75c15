package io.lasttable.availability.projection;

import io.lasttable.availability.freshness.Heartbeat;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * One consumer of both topics, from its subscription to its end. Each turn polls, projects, and once in a heartbeat commits and
 * proves how new the tables are; both only with nothing in hand, since the consumer's position is then what is projected.
 *
 * <p>While the database is away, what was polled stays in hand and all partitions are paused; polls go on, so that the
 * replica stays in its group. Offsets that are not committed are read again, which changes nothing (highest version wins).
 */
final class FeedLoop implements ConsumerRebalanceListener, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Projection projection;
    private final Heartbeat heartbeat;
    private final Duration interval;
    private final Deque<Work> inHand = new ArrayDeque<>();
    private volatile Set<TopicPartition> assigned = Set.of();
    private boolean hasUncommitted;
    private boolean isWaiting;
    private long nextTry = System.nanoTime();
    private long nextHeartbeat = System.nanoTime();
    private long nextComplaint = System.nanoTime();

    FeedLoop(
            KafkaConsumer<byte[], byte[]> consumer,
            Projection projection,
            Heartbeat heartbeat,
            AvailabilitySettings settings) {
        this.consumer = consumer;
        this.projection = projection;
        this.heartbeat = heartbeat;
        this.interval = settings.feed().heartbeat();
        consumer.subscribe(List.of(settings.topics().venues(), settings.topics().days()), this);
    }

    /** @throws WakeupException when {@link #wakeup} was called */
    void turn() {
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        assigned = Set.copyOf(consumer.assignment());
        if (!polled.isEmpty()) {
            inHand.add(projection.read(polled));
        }
        if (!inHand.isEmpty() && isTime(nextTry)) {
            project();
        }
        if (inHand.isEmpty() && isTime(nextHeartbeat)) {
            commit();
            beat();
            nextHeartbeat = System.nanoTime() + interval.toNanos();
        }
    }

    /** From any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    /** The partitions that this replica projects. */
    Set<TopicPartition> assigned() {
        return assigned;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> added) {
        Log.infof("Projecting %d more partitions", added.size());
        if (isWaiting) {
            consumer.pause(added);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        commitBeforeLeaving();
    }

    @Override
    public void close() {
        assigned = Set.of();
        commitBeforeLeaving();
        heartbeat.close();
        consumer.close(CLOSE);
    }

    private void project() {
        try {
            while (!inHand.isEmpty()) {
                projection.apply(inHand.peek());
                inHand.remove();
                hasUncommitted = true;
            }
            goOn();
        } catch (DatabaseAwayException e) {
            consumer.pause(consumer.assignment());
            isWaiting = true;
            nextTry = System.nanoTime() + PAUSE.toNanos();
            complain("The projection waits for the database", e);
        }
    }

    private void goOn() {
        if (isWaiting) {
            Log.info("The database answers; the projection goes on");
            consumer.resume(consumer.paused());
            isWaiting = false;
        }
    }

    /** One that fails, as in the middle of a rebalance, is made up for by the next. */
    private void commit() {
        if (hasUncommitted) {
            consumer.commitAsync();
            hasUncommitted = false;
        }
    }

    /** So that the next owner of these partitions, or this replica after a restart, begins where this one ended. */
    private void commitBeforeLeaving() {
        if (!hasUncommitted || !inHand.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(CLOSE);
        } catch (KafkaException e) {
            Log.infof("Offsets were not committed; some records will be read again: %s", e.toString());
        }
    }

    /** A heartbeat that fails proves nothing and ends nothing: the lag goes on growing until one succeeds. */
    private void beat() {
        try {
            heartbeat.beat(consumer);
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            complain("How far the projection lags cannot be told", e);
        }
    }

    private void complain(String what, RuntimeException why) {
        if (isTime(nextComplaint)) {
            Log.warnf("%s (said at most every 10 s): %s", what, why.toString());
            nextComplaint = System.nanoTime() + QUIET.toNanos();
        }
    }

    private static boolean isTime(long nanos) {
        return System.nanoTime() - nanos >= 0;
    }
}
