package io.lasttable.booking.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records as CloudEvents 1.0 in binary mode: the attributes are headers, the value is JSON. */
final class CloudEvent {

    private CloudEvent() {}

    static ProducerRecord<String, String> of(String topic, OutboxRows.Row row) {
        ProducerRecord<String, String> record =
                record(topic, row.key(), row.payload(), row.eventId(), row.type(), row.subject(), row.time());
        row.traceparent().ifPresent(traceparent -> header(record, "traceparent", traceparent));
        return record;
    }

    /** What {@code shard} committed before {@code committedBefore} stands before the positions that {@code json} names. */
    static ProducerRecord<String, String> watermark(String topic, int shard, Instant committedBefore, String json) {
        String key = Integer.toString(shard);
        return record(topic, key, json, UUID.randomUUID().toString(), "io.lasttable.watermark", key, committedBefore);
    }

    private static ProducerRecord<String, String> record(
            String topic, String key, String json, String id, String type, String subject, Instant time) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, json);
        header(record, "content-type", "application/json");
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", id);
        header(record, "ce_source", "/booking");
        header(record, "ce_type", type);
        header(record, "ce_subject", subject);
        header(record, "ce_time", time.toString());
        return record;
    }

    private static void header(ProducerRecord<String, String> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
    }
}
