package io.lasttable.booking.outbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What an operator watches of the relay. */
final class RelayMetrics {

    private final AtomicInteger ownedShards;
    private final Counter published;
    private final Timer decidedToDeleted;

    RelayMetrics(MeterRegistry registry) {
        ownedShards = registry.gauge("lasttable.outbox.shards.owned", new AtomicInteger());
        published = registry.counter("lasttable.outbox.published");
        decidedToDeleted = registry.timer("lasttable.outbox.decided.to.acknowledged");
    }

    void owned(int change) {
        int now = ownedShards.addAndGet(change);
        assert now >= 0;
    }

    void published(List<OutboxRows.Row> batch, int deleted) {
        published.increment(deleted);
        Instant now = Instant.now();
        batch.forEach(row -> decidedToDeleted.record(Duration.between(row.time(), now)));
    }
}
