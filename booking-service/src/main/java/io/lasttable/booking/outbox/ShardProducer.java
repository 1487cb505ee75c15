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
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A shard's Kafka producer. Its transactional id is the shard's, so opening one fences every earlier one at the broker.
 *
 * <p>The transaction is there for the fence alone. Opening aborts what the previous producer had under way and returns only
 * when no partition takes anything from it any more; whatever it had written stands in the log <i>before</i> everything that
 * this one writes. Readers read uncommitted, so a record reaches them when it is written and an aborted one is not hidden
 * from them; its row is still in the outbox, so it comes again, in order, behind. Hence the last record of a key is always
 * the newest state, for readers and for the log cleaner (docs/decisions/outbox-relay-fenced-by-kafka.md).
 *
 * <p>A transaction that begins while the markers of the one before are still written is told to come again
 * (CONCURRENT_TRANSACTIONS). So the pause before a retry is short, and one request is under way at a time: what was sent behind
 * the refused one would only be refused in its turn. What waits goes together in the next request.
 */
final class ShardProducer implements Publisher {

    private final KafkaProducer<String, String> kafka;
    private final BookingConfig.Topics topics;

    /** In the transaction that is open; none is when there are none. */
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    ShardProducer(Map<String, Object> connection, String transactionalId, BookingConfig.Topics topics) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("transactional.id", transactionalId);
        settings.put("acks", "all");
        settings.put("linger.ms", 0);
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.putIfAbsent("retry.backoff.ms", 5);
        settings.putIfAbsent("max.block.ms", 10_000);
        settings.putIfAbsent("delivery.timeout.ms", 20_000);
        settings.putIfAbsent("request.timeout.ms", 10_000);
        this.topics = topics;
        this.kafka = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
        try {
            kafka.initTransactions();
        } catch (RuntimeException e) {
            kafka.close(Duration.ZERO);
            throw e;
        }
    }

    @Override
    public void send(List<OutboxRows.Row> rows, Consumer<OutboxRows.Row> acknowledged) {
        if (sent.isEmpty()) {
            kafka.beginTransaction();
        }
        for (OutboxRows.Row row : rows) {
            sent.add(kafka.send(record(row), (stored, failure) -> {
                if (failure == null) {
                    acknowledged.accept(row);
                }
            }));
        }
    }

    @Override
    public void commit() {
        kafka.commitTransaction();
        sent.forEach(ShardProducer::acknowledged);
        sent.clear();
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
        row.traceparent().ifPresent(traceparent -> header(record, "traceparent", traceparent));
        return record;
    }

    private static void header(ProducerRecord<String, String> record, String name, String value) {
        record.headers().add(name, value.getBytes(UTF_8));
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
