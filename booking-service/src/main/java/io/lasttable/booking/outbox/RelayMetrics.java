package io.lasttable.booking.outbox;

import io.lasttable.edge.DatabaseClock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What an operator watches of the relay. Backlog and age are those of the whole outbox on every replica (take the maximum, not
 * the sum), so that a shard which nobody owns is seen as well; owned shards are this replica's.
 */
final class RelayMetrics {

    private final Counter published;
    private final Timer decidedToAcknowledged;
    private volatile OutboxRows.Backlog backlog = new OutboxRows.Backlog(0, Optional.empty(), 0);

    RelayMetrics(MeterRegistry registry, IntSupplier ownedShards, IntSupplier forkedShards) {
        Gauge.builder("lasttable.outbox.shards.owned", ownedShards::getAsInt)
                .description("Outbox shards that this replica relays")
                .register(registry);
        Gauge.builder("lasttable.outbox.shards.forked", forkedShards::getAsInt)
                .description(
                        "Outbox shards that are not published, since the database is older than what Kafka knows of it")
                .register(registry);
        Gauge.builder("lasttable.outbox.backlog", () -> backlog.rows())
                .description("Events that wait for Kafka, counted up to " + OutboxRows.MOST_COUNTED)
                .register(registry);
        Gauge.builder("lasttable.outbox.refused", () -> backlog.refused())
                .description("Events that Kafka refused and that are set aside")
                .register(registry);
        TimeGauge.builder("lasttable.outbox.age", this::ageMillis, TimeUnit.MILLISECONDS)
                .description("Age of the oldest event that waits for Kafka")
                .register(registry);
        published = Counter.builder("lasttable.outbox.published")
                .description("Events brought to Kafka")
                .register(registry);
        decidedToAcknowledged = Timer.builder("lasttable.outbox.decided.to.acknowledged")
                .description("From a decision to Kafka's acknowledgement of its event")
                .register(registry);
    }

    void measured(OutboxRows.Backlog now) {
        backlog = now;
    }

    void acknowledged(OutboxRows.Row row) {
        published.increment();
        decidedToAcknowledged.record(Duration.between(row.time(), DatabaseClock.UTC.instant()));
    }

    private double ageMillis() {
        return backlog.oldest()
                .map(oldest -> Math.max(
                        0, Duration.between(oldest, DatabaseClock.UTC.instant()).toMillis()))
                .orElse(0L);
    }
}
