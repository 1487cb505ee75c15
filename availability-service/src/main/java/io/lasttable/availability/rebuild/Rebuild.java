package io.lasttable.availability.rebuild;

import io.lasttable.availability.projection.Batch;
import io.lasttable.availability.projection.Tables;
import io.lasttable.availability.settings.AvailabilitySettings;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes the tables anew from the compacted topics while everything else goes on: for a table that is suspected wrong, or
 * after a change of what is derived from the events.
 *
 * <p>Lease, fresh tables beside the live ones, all of Kafka into them, once more what came meanwhile, the swap (see {@link
 * FreshTables}). Live replicas need not know. Killed at any point it leaves the live tables alone; the next run drops what
 * it left. What live replicas put aside as dead letters is passed over here.
 */
@ApplicationScoped
public class Rebuild {

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final int MOST_RETRIES = 8;

    private final Pool pool;
    private final Map<String, Object> kafka;
    private final AvailabilitySettings settings;
    private final RebuildLease lease;
    private final FreshTables tables;
    private final Clock clock;
    private long passedOver;

    Rebuild(
            Pool pool,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AvailabilitySettings settings,
            RebuildLease lease,
            FreshTables tables,
            Clock clock) {
        this.pool = pool;
        this.kafka = Map.copyOf(kafka);
        this.settings = settings;
        this.lease = lease;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * Returns when the fresh tables serve.
     *
     * @throws RebuildRunningException when another one is running
     * @throws IllegalStateException when Kafka holds less than half of the days that are served now, and whenever the tables
     *     could not be swapped
     */
    public void run() {
        String owner = RebuildLease.newOwner();
        lease.take(owner);
        passedOver = 0;
        try (WholeTopics topics = new WholeTopics(kafka, settings.feed().batch(), topics())) {
            tables.create();
            topics.readToEnd(polled -> load(polled, owner));
            tables.analyze();
            topics.readToEnd(polled -> load(polled, owner));
            checkThatNothingIsLost();
            tables.swap(transaction -> lease.hold(transaction, owner), () -> topics.readToEnd(this::load));
            Log.infof("Rebuilt from Kafka; %d records could not be read", passedOver);
        } finally {
            lease.release(owner);
        }
    }

    private List<String> topics() {
        return List.of(settings.topics().venues(), settings.topics().days());
    }

    private void load(Iterable<ConsumerRecord<byte[], byte[]>> polled, String owner) {
        load(polled);
        lease.take(owner);
    }

    private void load(Iterable<ConsumerRecord<byte[], byte[]>> polled) {
        Batch batch = new Batch(settings.topics(), clock.instant());
        for (ConsumerRecord<byte[], byte[]> one : polled) {
            try {
                batch.add(one);
            } catch (RuntimeException e) {
                passedOver++;
                Log.debugf("Passed over %s-%d@%d: %s", one.topic(), one.partition(), one.offset(), e.getMessage());
            }
        }
        FreshTables.FRESH
                .upsert(pool, batch)
                .onFailure(Tables::isWorthRetrying)
                .retry()
                .withBackOff(FIRST_RETRY)
                .atMost(MOST_RETRIES)
                .await()
                .indefinitely();
    }

    private void checkThatNothingIsLost() {
        long[] days = tables.days();
        Log.infof("Days that are not over: %d served now, %d in Kafka", days[0], days[1]);
        if (days[1] < days[0] / 2) {
            throw new IllegalStateException("Kafka holds only " + days[1] + " of " + days[0]
                    + " days: is lasttable.days.v1 the right topic, and compacted?");
        }
    }
}
