package io.lasttable.availability.projection;

import io.lasttable.availability.freshness.Progress;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One thread, one consumer of both topics in the group that all replicas share: poll, project, commit with each heartbeat, repeat.
 *
 * <p>The loop is written out, not a channel, because freshness needs what only the loop knows: after a batch is in the
 * database, the consumer's position is what is projected. Every heartbeat asks the broker where the logs end, before
 * anything else; a position that has reached that end proves that the tables hold all that Kafka held at that moment. A
 * crash before the commit of offsets replays records, which changes nothing (highest version wins).
 *
 * <p>While Kafka is away, polls come back empty and heartbeats fail: the lag grows and is said. While the database is away,
 * the loop stands in the batch it has. Both end by themselves.
 */
@ApplicationScoped
class Feed implements Runnable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final AvailabilitySettings settings;
    private final Map<String, Object> kafka;
    private final Projection projection;
    private final Progress progress;
    private final Thread thread = new Thread(this, "projection");
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private volatile Set<TopicPartition> assigned = Set.of();
    private boolean hasUncommitted;
    private long nextHeartbeat = System.nanoTime();
    private long nextComplaint = System.nanoTime();

    Feed(
            AvailabilitySettings settings,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            Projection projection,
            Progress progress) {
        this.settings = settings;
        this.kafka = kafka;
        this.projection = projection;
        this.progress = progress;
    }

    void start(@Observes StartupEvent event) {
        if (settings.feed().enabled()) {
            start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        projection.stop();
        stop();
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    void stop() throws InterruptedException {
        stop.countDown();
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(ASK.toMillis() * 2);
    }

    /** False once the loop has ended for a reason nobody foresaw: only a restart helps then. */
    boolean isAlive() {
        return thread.isAlive() || !settings.feed().enabled();
    }

    /** The partitions that this replica projects. */
    Set<TopicPartition> assigned() {
        return assigned;
    }

    @Override
    public void run() {
        while (!isStopping()) {
            try {
                consume();
            } catch (RuntimeException e) {
                if (!isStopping()) {
                    Log.errorf(e, "The projection starts again from its committed offsets");
                    pause();
                }
            }
        }
    }

    private void consume() {
        KafkaConsumer<byte[], byte[]> opened = open();
        consumer = opened;
        try {
            opened.subscribe(
                    List.of(settings.topics().venues(), settings.topics().days()), committingOnRevocation(opened));
            loop(opened);
        } catch (WakeupException e) {
            commitBeforeLeaving(opened);
        } finally {
            assigned = Set.of();
            opened.close(CLOSE);
        }
    }

    private ConsumerRebalanceListener committingOnRevocation(KafkaConsumer<byte[], byte[]> opened) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
                if (hasUncommitted) {
                    commitBeforeLeaving(opened);
                }
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> added) {
                Log.infof("Projecting %d more partitions", added.size());
            }
        };
    }

    private void loop(KafkaConsumer<byte[], byte[]> opened) {
        while (!isStopping()) {
            ConsumerRecords<byte[], byte[]> polled = opened.poll(POLL);
            assigned = Set.copyOf(opened.assignment());
            if (!polled.isEmpty()) {
                projection.apply(polled);
                hasUncommitted = true;
            }
            if (System.nanoTime() - nextHeartbeat >= 0) {
                commit(opened);
                heartbeatOrComplain(opened);
                nextHeartbeat = System.nanoTime() + settings.feed().heartbeat().toNanos();
            }
        }
    }

    /** One that fails, as in the middle of a rebalance, is made up for by the next. */
    private void commit(KafkaConsumer<byte[], byte[]> opened) {
        if (hasUncommitted) {
            opened.commitAsync();
            hasUncommitted = false;
        }
    }

    /** So that the next owner of these partitions, or this replica after a restart, begins where this one ended. */
    private void commitBeforeLeaving(KafkaConsumer<byte[], byte[]> opened) {
        try {
            opened.commitSync(CLOSE);
        } catch (KafkaException e) {
            Log.infof("Offsets were not committed; some records will be read again: %s", e.toString());
        }
    }

    /** A heartbeat that fails proves nothing and ends nothing: the lag goes on growing until one succeeds. */
    private void heartbeatOrComplain(KafkaConsumer<byte[], byte[]> opened) {
        try {
            heartbeat(opened);
        } catch (WakeupException e) {
            throw e;
        } catch (RuntimeException e) {
            if (System.nanoTime() - nextComplaint >= 0) {
                Log.warnf("How far the projection lags cannot be told (said at most every 10 s): %s", e.toString());
                nextComplaint = System.nanoTime() + QUIET.toNanos();
            }
        }
    }

    private void heartbeat(KafkaConsumer<byte[], byte[]> opened) {
        long asked = System.nanoTime();
        Map<TopicPartition, Long> reached = new HashMap<>(opened.endOffsets(opened.assignment(), ASK));
        boolean someLag = reached.entrySet().removeIf(end -> opened.position(end.getKey(), ASK) < end.getValue());
        Log.tracef("Some partitions lag: %s", someLag);
        int partitions = opened.partitionsFor(settings.topics().venues(), ASK).size()
                + opened.partitionsFor(settings.topics().days(), ASK).size();
        progress.caughtUp(reached, Duration.ofNanos(System.nanoTime() - asked))
                .chain(() -> progress.share(partitions))
                .await()
                .atMost(ASK);
    }

    private KafkaConsumer<byte[], byte[]> open() {
        Map<String, Object> own = new HashMap<>(kafka);
        own.put("group.id", settings.feed().group());
        own.put("auto.offset.reset", "earliest");
        own.put("enable.auto.commit", false);
        own.put("allow.auto.create.topics", false);
        own.put("isolation.level", "read_committed");
        own.put("fetch.max.wait.ms", 100);
        own.put("max.poll.records", settings.feed().batch());
        own.put("metadata.max.age.ms", 30_000); // topics and partitions that come later are found within this
        own.put("reconnect.backoff.max.ms", 1_000);
        own.put("partition.assignment.strategy", "org.apache.kafka.clients.consumer.CooperativeStickyAssignor");
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            boolean stopped = stop.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            assert !stopped || isStopping();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop.countDown();
        }
    }
}
