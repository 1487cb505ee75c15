package io.lasttable.availability.projection;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One thread, one consumer of both topics in the group that all replicas share: poll, project, commit, repeat.
 *
 * <p>The loop is written out, not a channel, because freshness needs what only the loop knows: after a batch is in the
 * database, the consumer's position is what is projected. Every heartbeat asks the broker where the logs end, before
 * anything else; a position that has reached that end proves that the tables hold all that Kafka held at that moment. A
 * crash before the commit of offsets replays records, which changes nothing (highest version wins).
 */
@ApplicationScoped
class Feed implements Runnable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final AvailabilitySettings settings;
    private final Map<String, Object> kafka;
    private final Projection projection;
    private final Progress progress;
    private final Thread thread = new Thread(this, "projection");
    private volatile boolean stopping;
    private volatile KafkaConsumer<byte[], byte[]> consumer;
    private long nextHeartbeat;

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
            thread.start();
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (consumer != null) {
            consumer.wakeup();
        }
        thread.join(ASK.toMillis() * 2);
    }

    @Override
    public void run() {
        while (!stopping) {
            try (var opened = open()) {
                consumer = opened;
                opened.subscribe(
                        List.of(settings.topics().venues(), settings.topics().days()));
                loop(opened);
            } catch (WakeupException e) {
                Log.debug("The projection was asked to stop");
            } catch (RuntimeException e) {
                Log.errorf(e, "The projection starts again from its committed offsets");
                pause();
            }
        }
    }

    private void loop(KafkaConsumer<byte[], byte[]> opened) {
        while (!stopping) {
            ConsumerRecords<byte[], byte[]> polled = opened.poll(POLL);
            if (!polled.isEmpty()) {
                projection.apply(polled);
                opened.commitAsync();
            }
            if (System.nanoTime() - nextHeartbeat >= 0) {
                heartbeat(opened);
                nextHeartbeat = System.nanoTime() + settings.feed().heartbeat().toNanos();
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
        own.putAll(Map.of(
                "group.id",
                settings.feed().group(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "isolation.level",
                "read_committed",
                "fetch.max.wait.ms",
                100,
                "max.poll.records",
                settings.feed().batch(),
                "partition.assignment.strategy",
                "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"));
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
