package io.lasttable.booking.outbox;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What Kafka knows of the shards' watermarks. The topic is compacted in short segments, so all of it is little. */
public final class WatermarkTopic {

    private static final Duration ASK = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int SOON_MILLIS = 10;

    private WatermarkTopic() {}

    /**
     * The highest sequence number by shard; shards that have told none are absent.
     *
     * @throws TimeoutException when Kafka does not answer
     */
    public static Map<Integer, Long> highest(Map<String, Object> connection, String topic) {
        try (Consumer<String, String> consumer = consumer(connection)) {
            return highest(consumer, topic);
        }
    }

    static Map<Integer, Long> highest(Consumer<String, String> consumer, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        Map<Integer, Long> highest = new HashMap<>();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long until = System.nanoTime() + ASK.toNanos();
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - until >= 0) {
                throw new TimeoutException("The watermarks were not read to their end");
            }
            consumer.poll(POLL).forEach(record -> take(record, highest));
        }
        return highest;
    }

    private static void take(ConsumerRecord<String, String> record, Map<Integer, Long> highest) {
        try {
            JsonObject watermark = new JsonObject(record.value());
            long kept = highest.merge(watermark.getInteger("shard"), watermark.getLong("sequence", 0L), Math::max);
            assert kept >= 0;
        } catch (DecodeException | NullPointerException | ClassCastException foreign) {
            // Not ours; readers pass over it as well.
        }
    }

    /** Of no group, whose answers keep nobody waiting for long. */
    static Consumer<String, String> consumer(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", false);
        settings.put("fetch.max.wait.ms", SOON_MILLIS); // a fetch that is under way when it is closed is waited for
        settings.put("default.api.timeout.ms", Math.toIntExact(ASK.toMillis()));
        settings.putIfAbsent("request.timeout.ms", Math.toIntExact(ASK.toMillis()));
        settings.remove("group.id");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }
}
