package io.lasttable.booking.outbox;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a shard's records end in each partition that may hold some: the offset behind the last. They begin with the ends of the
 * logs, asked for when no earlier owner can write any more, so that what those wrote is below.
 */
final class Positions {

    private final Map<String, Map<Integer, Long>> behindLast = new TreeMap<>();

    /**
     * Where the logs of these topics end now; without those that do not exist.
     *
     * @throws org.apache.kafka.common.KafkaException when Kafka does not say
     */
    static Positions ends(Consumer<?, ?> consumer, List<String> topics) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        Positions positions = new Positions();
        consumer.endOffsets(partitions)
                .forEach((partition, end) -> positions.put(partition.topic(), partition.partition(), end));
        return positions;
    }

    /** A record of the shard has been stored there, behind all earlier ones of this owner. */
    void stored(RecordMetadata record) {
        if (!record.hasOffset()) {
            throw new KafkaException("Kafka has stored a record and does not say where");
        }
        put(record.topic(), record.partition(), record.offset() + 1);
    }

    private void put(String topic, int partition, long behind) {
        behindLast.computeIfAbsent(topic, any -> new TreeMap<>()).put(partition, behind);
    }

    /** By topic and partition, as the watermark has it. */
    JsonObject toJson() {
        JsonObject topics = new JsonObject();
        behindLast.forEach((topic, partitions) -> {
            JsonObject offsets = new JsonObject();
            partitions.forEach((partition, offset) -> offsets.put(Integer.toString(partition), offset));
            topics.put(topic, offsets);
        });
        return topics;
    }
}
