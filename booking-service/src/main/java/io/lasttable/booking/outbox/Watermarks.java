package io.lasttable.booking.outbox;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;

/**
 * Says how far a shard's news have come: <i>all that it committed to PostgreSQL before a moment stands in these partitions
 * before these positions</i>. What that rests on: docs/decisions/watermark-of-the-relay.md.
 */
final class Watermarks {

    private static final Logger LOG = Logger.getLogger(Watermarks.class);

    private final Shard shard;
    private final String topic;
    private final boolean wanted;
    private final Positions positions;
    private final Map<Integer, Long> told;

    /**
     * One of the parts of the outbox.
     *
     * @param number from 0
     * @param of how many there are
     */
    record Shard(int number, int of) {}

    private Watermarks(Shard shard, String topic, boolean wanted, Positions positions, Map<Integer, Long> told) {
        this.shard = shard;
        this.topic = topic;
        this.wanted = wanted;
        this.positions = positions;
        this.told = told;
    }

    /** To be called when no earlier owner of the shard can write any more, or for a rehearsal, which uses nothing of it. */
    static Watermarks open(Map<String, Object> connection, Shard shard, OutboxSettings.Topics topics) {
        try (Consumer<String, String> consumer = WatermarkTopic.consumer(connection)) {
            boolean wanted = !consumer.partitionsFor(topics.watermarks()).isEmpty();
            if (!wanted) {
                LOG.warnf(
                        "Topic %s does not exist, so readers are not told how far shard %d has come: run provision",
                        topics.watermarks(), shard.number());
            }
            Positions ends = Positions.ends(consumer, List.of(topics.venues(), topics.days(), topics.reservations()));
            Map<Integer, Long> told = wanted ? WatermarkTopic.highest(consumer, topics.watermarks()) : Map.of();
            return new Watermarks(shard, topics.watermarks(), wanted, ends, told);
        }
    }

    void stored(RecordMetadata record) {
        positions.stored(record);
    }

    /** By shard the highest number that a watermark had when this was opened. */
    Map<Integer, Long> told() {
        return told;
    }

    /** Empty when there is no topic for it. */
    Optional<ProducerRecord<String, String>> record(OutboxRows.Told next) {
        if (!wanted) {
            return Optional.empty();
        }
        String json = new JsonObject()
                .put("shard", shard.number())
                .put("shards", shard.of())
                .put("sequence", next.sequence())
                .put("committedBefore", next.committedBefore().toString())
                .put("positions", positions.toJson())
                .encode();
        return Optional.of(CloudEvent.watermark(topic, shard.number(), next.committedBefore(), json));
    }
}
