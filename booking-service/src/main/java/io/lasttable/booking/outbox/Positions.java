package io.lasttable.booking.outbox;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where a shard's records end in each partition that may hold some: the offset behind the last. They begin with the ends of the
 * logs, asked for when no earlier owner can write any more, so that what those wrote is below.
 */
final class Positions {

    private static final int API_TIMEOUT_MILLIS = 10_000;
    private static final int LONGEST_WAIT_SECONDS = 15;

    private final Map<String, Map<Integer, Long>> behindLast = new TreeMap<>();

    /** Where the logs of these topics end now; without those that do not exist. */
    static Positions ends(Admin admin, List<String> topics) {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (String topic : topics) {
            partitions(admin, topic).forEach(partition -> partitions.put(partition, OffsetSpec.latest()));
        }
        Positions positions = new Positions();
        get(admin.listOffsets(partitions).all())
                .forEach((partition, end) -> positions.put(partition.topic(), partition.partition(), end.offset()));
        return positions;
    }

    /** An admin client whose answers do not keep a shard waiting for long. */
    static Admin admin(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.putIfAbsent("request.timeout.ms", API_TIMEOUT_MILLIS);
        settings.put("default.api.timeout.ms", API_TIMEOUT_MILLIS);
        return Admin.create(settings);
    }

    /** Empty when the topic does not exist. */
    static List<TopicPartition> partitions(Admin admin, String topic) {
        Optional<TopicDescription> found = describe(admin, topic);
        List<TopicPartition> partitions = new ArrayList<>();
        found.ifPresent(description ->
                description.partitions().forEach(each -> partitions.add(new TopicPartition(topic, each.partition()))));
        return partitions;
    }

    private static Optional<TopicDescription> describe(Admin admin, String topic) {
        try {
            return Optional.of(
                    get(admin.describeTopics(List.of(topic)).topicNameValues().get(topic)));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
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

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (TimeoutException e) {
            throw new KafkaException("Kafka does not say where its logs end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while asking where the logs end", e);
        }
    }
}
