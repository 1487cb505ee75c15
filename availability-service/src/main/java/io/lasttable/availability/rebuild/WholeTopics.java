package io.lasttable.availability.rebuild;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** All partitions of some topics from their start, outside any consumer group. */
final class WholeTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration ASK = Duration.ofSeconds(30);
    private static final Duration STUCK = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /** @throws IllegalStateException when a topic does not exist */
    WholeTopics(Map<String, Object> kafka, int mostPolled, List<String> topics) {
        Map<String, Object> own = new HashMap<>(kafka);
        own.remove("group.id");
        own.putAll(Map.of(
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                mostPolled));
        consumer = new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        topics.forEach(this::add);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands over what lies between the place read so far and where the logs end now. */
    void readToEnd(Consumer<Iterable<ConsumerRecord<byte[], byte[]>>> sink) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ASK);
        long lastProgress = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), ASK) < end.getValue())) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
            if (!polled.isEmpty()) {
                sink.accept(polled);
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > STUCK.toNanos()) {
                throw new IllegalStateException("Kafka does not deliver what it holds");
            }
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void add(String topic) {
        var found = consumer.partitionsFor(topic, ASK);
        if (found == null || found.isEmpty()) {
            consumer.close();
            throw new IllegalStateException("Topic " + topic + " does not exist");
        }
        found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    }
}
