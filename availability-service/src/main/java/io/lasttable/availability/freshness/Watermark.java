package io.lasttable.availability.freshness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What booking-service's relay says of one of its shards: everything that was committed before {@code committedBefore}, by
 * its database's clock, stands in these partitions below these positions. In a partition that is not named, the shard
 * has nothing to wait for.
 */
record Watermark(int shard, int shards, Instant committedBefore, Map<TopicPartition, Long> positions) {

    private static final ObjectMapper JSON = new ObjectMapper();

    Watermark {
        positions = Map.copyOf(positions);
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("shard " + shard + " of " + shards);
        }
    }

    /** @throws IllegalArgumentException saying what is wrong with the document */
    static Watermark read(byte[] json) {
        try {
            JsonNode node = JSON.readTree(json);
            return new Watermark(
                    node.required("shard").intValue(),
                    node.required("shards").intValue(),
                    Instant.parse(node.required("committedBefore").asText()),
                    positions(node.required("positions")));
        } catch (IOException | DateTimeException e) {
            throw new IllegalArgumentException("no watermark: " + e.getMessage(), e);
        }
    }

    boolean isReached(TopicPartition partition, long position) {
        return positions.getOrDefault(partition, 0L) <= position;
    }

    private static Map<TopicPartition, Long> positions(JsonNode topics) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (Map.Entry<String, JsonNode> topic : topics.properties()) {
            for (Map.Entry<String, JsonNode> partition : topic.getValue().properties()) {
                Long before = positions.put(
                        new TopicPartition(topic.getKey(), Integer.parseInt(partition.getKey())),
                        partition.getValue().longValue());
                assert before == null;
            }
        }
        return positions;
    }
}
