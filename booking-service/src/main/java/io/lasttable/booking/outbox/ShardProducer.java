package io.lasttable.booking.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

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

    private static final Logger LOG = Logger.getLogger(ShardProducer.class);

    private final KafkaProducer<String, String> kafka;
    private final OutboxSettings.Topics topics;
    private final Watermarks watermarks;

    /** In the transaction that is open. */
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    /** What failed first. It fails the transaction, and what is under way then fails for the same stated reason. */
    private final AtomicReference<RefusedRecord> refused = new AtomicReference<>();

    private boolean open;

    ShardProducer(
            Map<String, Object> connection,
            Watermarks.Shard shard,
            OutboxSettings.Topics topics,
            String transactionalId,
            long largestRecord) {
        this.topics = topics;
        this.kafka = client(connection, transactionalId, largestRecord);
        try {
            kafka.initTransactions();
            watermarks = Watermarks.open(connection, shard, topics);
        } catch (RuntimeException e) {
            kafka.close(Duration.ZERO);
            throw e;
        }
    }

    /**
     * All that opening one does but for the fence: whoever owns the shard goes on. A JVM that has never done it takes a second for
     * it and more, while its processors are shared, and a tenth of that from then on.
     *
     * @throws KafkaException when Kafka does not answer
     */
    static void rehearse(
            Map<String, Object> connection,
            Watermarks.Shard shard,
            OutboxSettings.Topics topics,
            String transactionalId,
            long largestRecord) {
        KafkaProducer<String, String> kafka = client(connection, transactionalId, largestRecord);
        try {
            LOG.debugf(
                    "Rehearsed: watermarks are %s",
                    Watermarks.open(connection, shard, topics).told());
        } finally {
            kafka.close(Duration.ZERO);
        }
    }

    private static KafkaProducer<String, String> client(
            Map<String, Object> connection, String transactionalId, long largestRecord) {
        return new KafkaProducer<>(
                settings(connection, transactionalId, largestRecord), new StringSerializer(), new StringSerializer());
    }

    private static Map<String, Object> settings(
            Map<String, Object> connection, String transactionalId, long largestRecord) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put("transactional.id", transactionalId);
        settings.put("acks", "all");
        settings.put("linger.ms", 0);
        settings.put("max.in.flight.requests.per.connection", 1);
        settings.put("max.request.size", Math.toIntExact(largestRecord));
        settings.putIfAbsent("retry.backoff.ms", 5);
        settings.putIfAbsent("max.block.ms", 10_000);
        settings.putIfAbsent("delivery.timeout.ms", 20_000);
        settings.putIfAbsent("request.timeout.ms", 10_000);
        return settings;
    }

    @Override
    public void send(List<OutboxRows.Row> rows, Consumer<OutboxRows.Row> acknowledged) {
        begin();
        try {
            for (OutboxRows.Row row : rows) {
                sent.add(kafka.send(CloudEvent.of(topic(row.topic()), row), (stored, failure) -> {
                    if (failure == null) {
                        acknowledged.accept(row);
                    } else if (isForWhatItIs(failure)) {
                        refused.compareAndSet(null, new RefusedRecord(row, failure));
                    }
                }));
            }
        } catch (KafkaException e) {
            settle();
            throw e;
        }
    }

    @Override
    public void commit(Optional<OutboxRows.Told> told) {
        settle();
        told.flatMap(watermarks::record).ifPresent(this::tell);
        if (open) {
            kafka.commitTransaction();
        }
        open = false;
    }

    @Override
    public Map<Integer, Long> told() {
        return watermarks.told();
    }

    /** The last record of the transaction whose records it speaks of: a commit that fails fails for it as well. */
    private void tell(ProducerRecord<String, String> watermark) {
        begin();
        Future<RecordMetadata> seenByTheCommit = kafka.send(watermark);
        assert seenByTheCommit != null;
    }

    private void begin() {
        if (!open) {
            kafka.beginTransaction();
        }
        open = true;
    }

    @Override
    public void close() {
        kafka.close(Duration.ZERO);
    }

    private String topic(Topic topic) {
        return switch (topic) {
            case VENUES -> topics.venues();
            case DAYS -> topics.days();
            case RESERVATIONS -> topics.reservations();
        };
    }

    /** Returns when Kafka has everything. */
    private void settle() {
        for (Future<RecordMetadata> each : sent) {
            try {
                watermarks.stored(each.get());
            } catch (ExecutionException e) {
                throw Optional.<KafkaException>ofNullable(refused.get())
                        .orElseGet(() -> new KafkaException("A record was not acknowledged", e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KafkaException("Interrupted while waiting for an acknowledgement", e);
            }
        }
        sent.clear();
    }

    private static boolean isForWhatItIs(Throwable refusal) {
        return refusal instanceof RecordTooLargeException || refusal instanceof InvalidRecordException;
    }
}
