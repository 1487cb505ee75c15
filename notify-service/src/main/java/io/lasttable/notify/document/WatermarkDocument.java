package io.lasttable.notify.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What a shard of the relay says about once a second: everything that it committed before an instant of the database's clock
 * stands in the named partitions below these positions.
 *
 * @param shards how many there are; {@code shard} counts from 0
 * @param positions by topic and partition, the offset of the next record
 */
public record WatermarkDocument(
        int shard, int shards, Instant committedBefore, Map<String, Map<Integer, Long>> positions) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_SHARDS = 4_096;

    /** @throws IOException when the text is not what the contract says */
    public static WatermarkDocument parse(byte[] json) throws IOException {
        JsonNode mark = MAPPER.readTree(json);
        int shard = mark.path("shard").asInt(-1);
        int shards = mark.path("shards").asInt(0);
        if (shard < 0
                || shard >= shards
                || shards > MOST_SHARDS
                || !mark.path("positions").isObject()) {
            throw new IOException("no shard, shards or positions");
        }
        try {
            Instant before = Instant.parse(mark.path("committedBefore").asText());
            return new WatermarkDocument(shard, shards, before, positions(mark.get("positions")));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IOException("no instant, or a partition that is no number", e);
        }
    }

    private static Map<String, Map<Integer, Long>> positions(JsonNode topics) {
        Map<String, Map<Integer, Long>> positions = new HashMap<>();
        topics.fields().forEachRemaining(topic -> {
            Map<Integer, Long> partitions = new HashMap<>();
            topic.getValue()
                    .fields()
                    .forEachRemaining(partition -> partitions.put(
                            Integer.valueOf(partition.getKey()),
                            partition.getValue().asLong()));
            positions.put(topic.getKey(), partitions);
        });
        return positions;
    }
}
