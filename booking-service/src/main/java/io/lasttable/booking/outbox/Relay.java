package io.lasttable.booking.outbox;

import io.lasttable.booking.BookingConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Starts a {@link ShardRelay} for every shard; whoever wins a shard's lease relays it. */
@ApplicationScoped
class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);

    private final List<ShardRelay> shards = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final BookingConfig config;
    private final Outbox outbox;

    Relay(
            BookingConfig config,
            Outbox outbox,
            DataSource database,
            MeterRegistry registry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.config = config;
        this.outbox = outbox;
        String owner = UUID.randomUUID().toString();
        OutboxRows rows = new OutboxRows(database);
        RelayMetrics metrics = new RelayMetrics(registry);
        var times = new ShardRelay.RelayTimes(
                config.relay().leaseDuration(),
                config.relay().pollInterval(),
                config.relay().batchSize());
        for (int shard = 0; shard < config.relay().shards(); shard++) {
            String transactionalId = config.relay().transactionalIdPrefix() + "-" + shard;
            shards.add(new ShardRelay(
                    shard,
                    owner,
                    rows,
                    () -> new ShardProducer(kafka, transactionalId, this.config.topics()),
                    times,
                    metrics));
        }
    }

    void start(@Observes StartupEvent event) {
        if (!config.background()) {
            return;
        }
        outbox.onCommitted(() -> shards.forEach(ShardRelay::wake));
        for (int i = 0; i < shards.size(); i++) {
            Thread thread = new Thread(shards.get(i), "outbox-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        shards.forEach(ShardRelay::stop);
        for (Thread thread : threads) {
            try {
                thread.join(5_000);
            } catch (InterruptedException e) {
                LOG.warn("Interrupted while the relay gave its shards back");
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
