package io.lasttable.availability.projection;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
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
    private final MeterRegistry registry;

    Projection(Pool pool, DeadLetters deadLetters, AvailabilitySettings settings, MeterRegistry registry) {
        this.pool = pool;
        this.deadLetters = deadLetters;
        this.topics = settings.topics();
        this.registry = registry;
    }

    /** Applies all records. A database that is away is waited for; a record that cannot be applied becomes a dead letter. */
    void apply(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        Batch batch = new Batch();
        int read = 0;
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            read += 1;
            addOrPutAside(batch, one);
        }
        registry.counter("lasttable.projection.records").increment(read);
        try {
            upsert(batch).await().indefinitely();
        } catch (RuntimeException e) {
            if (!isRefusedData(e)) {
                throw e;
            }
            applyOneByOne(polled);
        }
    }

    private void applyOneByOne(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            Batch alone = new Batch();
            try {
                if (add(alone, one)) {
                    upsert(alone).await().indefinitely();
                }
            } catch (IllegalArgumentException e) {
                continue; // put aside when the batch was made
            } catch (RuntimeException e) {
                if (!isRefusedData(e)) {
                    throw e;
                }
                deadLetters.put(one, "refused by the database: " + e.getMessage());
            }
        }
    }

    private void addOrPutAside(Batch batch, ConsumerRecord<byte[], byte[]> one) {
        try {
            boolean added = add(batch, one);
            assert added || one.value() == null;
        } catch (RuntimeException e) {
            deadLetters.put(one, String.valueOf(e.getMessage()));
        }
    }

    /** A tombstone changes nothing here: days of the past are not asked for, and versions never fall. */
    private boolean add(Batch batch, ConsumerRecord<byte[], byte[]> one) {
        if (one.value() == null) {
            return false;
        }
        if (one.topic().equals(topics.venues())) {
            batch.addVenue(one);
        } else {
            batch.addDay(one);
        }
        return true;
    }

    private Uni<Void> upsert(Batch batch) {
        return Tables.LIVE
                .upsertVenues(pool, batch.venues())
                .chain(() -> Tables.LIVE.upsertDays(pool, batch.days()))
                .onFailure(failure -> !isRefusedData(failure))
                .retry()
                .withBackOff(FIRST_RETRY, LAST_RETRY)
                .indefinitely();
    }

    /** SQLSTATE class 22 (data exception) or 23 (integrity): trying again cannot help. */
    private static boolean isRefusedData(Throwable failure) {
        return failure instanceof PgException refused
                && (refused.getSqlState().startsWith("22")
                        || refused.getSqlState().startsWith("23"));
    }
}
