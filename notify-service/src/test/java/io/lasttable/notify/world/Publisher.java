package io.lasttable.notify.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes as booking-service's relay does. */
public final class Publisher {

    private final String bootstrapServers;

    public Publisher(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    public void day(JsonNode day) throws Exception {
        String key = day.get("venueId").asText() + "/" + day.get("date").asText();
        send(new ProducerRecord<>("lasttable.days.v1", key, day.toString()), "io.lasttable.day.updated", key);
    }

    /** Into that partition, wherever its key belongs. */
    public void dayInto(int partition, JsonNode day) throws Exception {
        String key = day.get("venueId").asText() + "/" + day.get("date").asText();
        send(
                new ProducerRecord<>("lasttable.days.v1", partition, key, day.toString()),
                "io.lasttable.day.updated",
                key);
    }

    public void dayRemoved(String venue, String date) throws Exception {
        String key = venue + "/" + date;
        send(new ProducerRecord<>("lasttable.days.v1", key, null), "io.lasttable.day.removed", key);
    }

    /** Of a relay with one shard, which has written nothing. */
    public void watermark(Instant committedBefore) throws Exception {
        String value = "{\"shard\":0,\"shards\":1,\"committedBefore\":\"" + committedBefore + "\",\"positions\":{}}";
        send(new ProducerRecord<>("lasttable.watermarks.v1", "0", value), "io.lasttable.watermark", "0");
    }

    /** @param type behind {@code io.lasttable.}, such as {@code reservation.moved} */
    public void change(String type, JsonNode value) throws Exception {
        var record = new ProducerRecord<>(
                "lasttable.reservations.v1", value.get("venueId").asText(), value.toString());
        send(record, "io.lasttable." + type, value.get("id").asText());
    }

    /** Many versions, one after the other. */
    public void days(Iterable<? extends JsonNode> days) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            for (JsonNode day : days) {
                String key = day.get("venueId").asText() + "/" + day.get("date").asText();
                var sending = producer.send(new ProducerRecord<>("lasttable.days.v1", key, day.toString()));
                assert sending != null;
            }
        }
    }

    private void send(ProducerRecord<String, String> record, String type, String subject) throws Exception {
        record.headers()
                .add("ce_type", type.getBytes(UTF_8))
                .add("ce_subject", subject.getBytes(UTF_8))
                .add("ce_time", Instant.now().toString().getBytes(UTF_8));
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            var stored = producer.send(record).get();
            if (!stored.hasOffset()) {
                throw new IllegalStateException("not stored");
            }
        }
    }
}
