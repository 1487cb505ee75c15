package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes versions of one day straight to Kafka at a fixed rate, in the form of the contract, so that notify-service can
 * be measured alone. Every version differs from the one before in every slot.
 */
final class ChangeTask implements LoadTask {

    @Override
    public JsonObject run(JsonObject asked) {
        DayDocument day =
                new DayDocument(asked.getString("venueId"), asked.getString("date"), asked.getInteger("slots"));
        long gap = (long) (1e9 / asked.getDouble("rate"));
        long first = asked.getLong("version");
        int count = asked.getInteger("count");
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", asked.getString("bootstrap"), "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer())) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = start + i * gap;
                while (due - System.nanoTime() > 0) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                var sent = producer.send(record(day, first + i));
                assert sent != null;
            }
            producer.flush();
            return new JsonObject()
                    .put("seconds", (System.nanoTime() - start) / 1e9)
                    .put("version", first + count - 1);
        }
    }

    private static ProducerRecord<String, String> record(DayDocument day, long version) {
        var record = new ProducerRecord<>("lasttable.days.v1", day.key(), day.json(version));
        Map<String, String> attributes = Map.of(
                "ce_specversion", "1.0",
                "ce_id", "bench-" + day.key() + "-" + version,
                "ce_source", "/booking",
                "ce_type", "io.lasttable.day.updated",
                "ce_subject", day.key(),
                "ce_time", Clock.systemUTC().instant().toString(),
                "content-type", "application/json");
        attributes.forEach((name, value) -> {
            var headers = record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
            assert headers != null;
        });
        return record;
    }
}
