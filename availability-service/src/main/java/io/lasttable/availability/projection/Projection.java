package io.lasttable.availability.projection;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings polled records into the live tables: parse, keep the newest per key, one statement per table. */
@ApplicationScoped
class Projection {

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    private final Pool pool;
    private final DeadLetters deadLetters;
    private final AvailabilitySettings.Topics topics;
    private final Counter records;
    private final Clock clock;
    private volatile boolean stopping;

    Projection(Pool pool, DeadLetters deadLetters, AvailabilitySettings settings, MeterRegistry registry, Clock clock) {
        this.pool = pool;
        this.deadLetters = deadLetters;
        this.topics = settings.topics();
        this.records = registry.counter("lasttable.projection.records");
        this.clock = clock;
    }

    /**
     * Applies all records. A database that is away is waited for; a record that cannot be applied becomes a dead letter.
     *
     * @throws RuntimeException when it was asked to stop while waiting; nothing may be committed to Kafka then
     */
    void apply(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        Batch batch = new Batch(topics, clock.instant());
        int read = 0;
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            read += 1;
            addOrPutAside(batch, one);
        }
        try {
            upsert(batch);
        } catch (RuntimeException e) {
            if (stopping) {
                throw e;
            }
            applyOneByOne(polled);
        }
        records.increment(read);
    }

    /** Lets a wait for the database end. */
    void stop() {
        stopping = true;
    }

    private void applyOneByOne(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            Batch alone = new Batch(topics, clock.instant());
            try {
                alone.add(one);
            } catch (RuntimeException e) {
                continue; // put aside when the batch was made
            }
            try {
                upsert(alone);
            } catch (RuntimeException e) {
                if (stopping) {
                    throw e;
                }
                deadLetters.put(one, "refused by the database: " + e.getMessage());
            }
        }
    }

    private void addOrPutAside(Batch batch, ConsumerRecord<byte[], byte[]> one) {
        try {
            batch.add(one);
        } catch (RuntimeException e) {
            deadLetters.put(one, String.valueOf(e.getMessage()));
        }
    }

    private void upsert(Batch batch) {
        Uni<Void> upserted = Tables.LIVE
                .upsert(pool, batch)
                .onFailure(failure -> !stopping && Tables.isWorthRetrying(failure))
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .indefinitely();
        Void done = upserted.await().indefinitely();
        assert done == null;
    }
}
