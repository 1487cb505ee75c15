package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the watermarks, outside any group: each replica wants all of them. One thread uses it, the projection's, with each
 * heartbeat. As long as the topic does not exist or has never held a record, there are none.
 */
final class WatermarkFeed implements AutoCloseable {

    private static final Duration ASK = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(30).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Watermarks watermarks;
    private boolean isFound;
    private boolean isAtItsEnd;
    private long nextLook = System.nanoTime();

    WatermarkFeed(Map<String, Object> kafka, AvailabilitySettings.Topics topics, Watermarks watermarks) {
        Map<String, Object> own = new HashMap<>(kafka);
        own.remove("group.id");
        own.put("auto.offset.reset", "earliest");
        own.put("enable.auto.commit", false);
        own.put("allow.auto.create.topics", false);
        own.put("isolation.level", "read_uncommitted");
        own.put("reconnect.backoff.max.ms", 1_000);
        consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        partition = new TopicPartition(topics.watermarks(), 0);
        this.watermarks = watermarks;
    }

    /**
     * Takes in what has been said since. The first time it returns when all that stands in the topic is known.
     *
     * @throws org.apache.kafka.common.errors.TimeoutException when Kafka does not answer
     */
    void read() {
        if (!isFound && !find()) {
            return;
        }
        if (!isAtItsEnd) {
            readToEnd();
        }
        take(consumer.poll(Duration.ZERO));
    }

    @Override
    public void close() {
        consumer.close(ASK);
    }

    private boolean find() {
        if (System.nanoTime() - nextLook < 0) {
            return false;
        }
        List<PartitionInfo> found = consumer.partitionsFor(partition.topic(), ASK);
        if (found == null || found.isEmpty()) {
            nextLook = System.nanoTime() + LOOK_AGAIN_NANOS;
            return false;
        }
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        isFound = true;
        return true;
    }

    private void readToEnd() {
        long end = Optional.ofNullable(
                        consumer.endOffsets(List.of(partition), ASK).get(partition))
                .orElse(0L);
        long until = System.nanoTime() + ASK.toNanos();
        while (consumer.position(partition, ASK) < end) {
            if (System.nanoTime() - until >= 0) {
                throw new org.apache.kafka.common.errors.TimeoutException("the watermarks were not read to their end");
            }
            take(consumer.poll(POLL));
        }
        isAtItsEnd = true;
    }

    private void take(ConsumerRecords<byte[], byte[]> polled) {
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            try {
                if (one.value() != null) {
                    watermarks.add(Watermark.read(one.value()));
                }
            } catch (IllegalArgumentException e) {
                Log.warnf("Passed over %s@%d: %s", partition, one.offset(), e.getMessage());
            }
        }
    }
}
