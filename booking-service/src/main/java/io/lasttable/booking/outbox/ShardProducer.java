package io.lasttable.booking.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lasttable.booking.BookingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A shard's Kafka producer. The transactional id fences every earlier producer of the same shard when this one opens.
 * Readers read uncommitted, so a record reaches them when it is written, not when the batch commits.
 */
final class ShardProducer implements AutoCloseable {

    private final KafkaProducer<String, String> kafka;
    private final BookingConfig.Topics topics;

    ShardProducer(Map<String, Object> connection, String transactionalId, BookingConfig.Topics topics) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("transactional.id", transactionalId);
        settings.put("acks", "all");
        settings.put("linger.ms", 0);
        settings.put("max.block.ms", 10_000);
        settings.put("delivery.timeout.ms", 20_000);
        settings.put("request.timeout.ms", 10_000);
        this.topics = topics;
        this.kafka = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            kafka.initTransactions();
        } catch (RuntimeException e) {
            kafka.close(Duration.ZERO);
            throw e;
        }
    }

    /** Publishes all rows in order, or throws; then none may be deleted and this producer must be closed. */
    void publish(List<OutboxRows.Row> rows) {
        kafka.beginTransaction();
        List<Future<RecordMetadata>> sent = new ArrayList<>(rows.size());
        for (OutboxRows.Row row : rows) {
            sent.add(kafka.send(record(row)));
        }
        kafka.commitTransaction();
        sent.forEach(ShardProducer::acknowledged);
    }

    @Override
    public void close() {
        kafka.close(Duration.ZERO);
    }

    private ProducerRecord<String, String> record(OutboxRows.Row row) {
        ProducerRecord<String, String> record = new ProducerRecord<>(topic(row.topic()), row.key(), row.payload());
        header(record, "content-type", "application/json");
        header(record, "ce_specversion", "1.0");
        header(record, "ce_id", row.eventId());
        header(record, "ce_source", "/booking");
        header(record, "ce_type", row.type());
        header(record, "ce_subject", row.subject());
        header(record, "ce_time", row.time().toString());
        return record;
    }

    private static void header(ProducerRecord<String, String> record, String name, String value) {
        var headers = record.headers().add(name, value.getBytes(UTF_8));
        assert headers != null;
    }

    private String topic(Topic topic) {
        return switch (topic) {
            case VENUES -> topics.venues();
            case DAYS -> topics.days();
            case RESERVATIONS -> topics.reservations();
        };
    }

    private static void acknowledged(Future<RecordMetadata> sent) {
        try {
            RecordMetadata stored = sent.get();
            assert stored != null;
        } catch (ExecutionException e) {
            throw new KafkaException("A record was not acknowledged", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted while waiting for an acknowledgement", e);
        }
    }
}
