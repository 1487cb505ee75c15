package io.lasttable.availability.projection;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings polled records into the live tables: parse, keep the newest per key, one statement per table. */
@ApplicationScoped
class Projection {

    private final Pool pool;
    private final DeadLetters deadLetters;
    private final AvailabilitySettings.Topics topics;
    private final Counter records;
    private final Clock clock;

    Projection(Pool pool, DeadLetters deadLetters, AvailabilitySettings settings, MeterRegistry registry, Clock clock) {
        this.pool = pool;
        this.deadLetters = deadLetters;
        this.topics = settings.topics();
        this.records = registry.counter("lasttable.projection.records");
        this.clock = clock;
    }

    /** What there is to do for these records; one that cannot be read becomes a dead letter. */
    Work read(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        Work work = new Work(new Batch(topics, clock.instant()));
        int read = 0;
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            read += 1;
            try {
                work.whole.add(one);
                work.left.add(one);
            } catch (RuntimeException e) {
                deadLetters.put(one, String.valueOf(e.getMessage()));
            }
        }
        records.increment(read);
        return work;
    }

    /**
     * Does it, or as much as can be done now. A record that the database refuses becomes a dead letter.
     *
     * @throws DatabaseAwayException when it has to be tried again later; what was done by then is not done again
     */
    void apply(Work work) {
        if (!work.isRefused && isUpserted(work.whole)) {
            return;
        }
        work.isRefused = true;
        while (!work.left.isEmpty()) {
            applyAlone(work.left.peek());
            work.left.remove();
        }
    }

    private boolean isUpserted(Batch batch) {
        try {
            Tables.LIVE.upsertNow(pool, batch);
            return true;
        } catch (DatabaseAwayException e) {
            throw e;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void applyAlone(ConsumerRecord<byte[], byte[]> one) {
        Batch alone = new Batch(topics, clock.instant());
        alone.add(one);
        try {
            Tables.LIVE.upsertNow(pool, alone);
        } catch (DatabaseAwayException e) {
            throw e;
        } catch (RuntimeException e) {
            deadLetters.put(one, "refused by the database: " + e.getMessage());
        }
    }
}
