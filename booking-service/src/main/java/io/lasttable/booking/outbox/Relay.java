package io.lasttable.booking.outbox;

import io.lasttable.booking.background.Background;
import io.lasttable.booking.signal.Signal;
import io.lasttable.booking.signal.Signals;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Starts a {@link ShardRelay} for every shard; whoever wins a shard's lease relays it. New rows reach the owner by a call
 * after the commit when it is this process, by a {@link Signal} when it is another, and by its poll when the signal got lost.
 */
@ApplicationScoped
class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    /** More than all limits of one step together: those of its statements, of opening a producer, and of a commit. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(3);

    private final List<ShardRelay> shards = new ArrayList<>();
    private final Loops loops = new Loops();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Rehearsal rehearsal = new Rehearsal();
    private final OutboxSettings settings;
    private final Background background;
    private final Outbox outbox;
    private final Signals signals;
    private final Event<FeedGrown> feed;
    private final OutboxRows rows;
    private final ShardLeases leases;
    private final RelayMetrics metrics;

    Relay(
            OutboxSettings settings,
            Background background,
            Outbox outbox,
            Signals signals,
            Event<FeedGrown> feed,
            DataSource database,
            MeterRegistry registry,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.settings = settings;
        this.background = background;
        this.outbox = outbox;
        this.signals = signals;
        this.feed = feed;
        rows = new OutboxRows(database);
        leases = new ShardLeases(
                database, UUID.randomUUID().toString(), settings.relay().leaseDuration());
        metrics = new RelayMetrics(registry, () -> leases.held().size(), () ->
                (int) shards.stream().filter(ShardRelay::isForked).count());
        for (int shard = 0; shard < settings.relay().shards(); shard++) {
            shards.add(relay(shard, kafka));
        }
    }

    private ShardRelay relay(int shard, Map<String, Object> kafka) {
        OutboxSettings.Relay relay = settings.relay();
        return new ShardRelay(
                shard,
                leases,
                rows,
                publishers(shard, kafka),
                new ShardRelay.Pace(
                        relay.leaseDuration(),
                        relay.pollInterval(),
                        relay.lookSpacing(),
                        relay.gatherTime(),
                        relay.batchSize(),
                        relay.watermarkInterval()),
                new Done());
    }

    private Publishers publishers(int shard, Map<String, Object> kafka) {
        OutboxSettings.Topics topics = settings.topics();
        Watermarks.Shard of = new Watermarks.Shard(shard, settings.relay().shards());
        String transactionalId = settings.relay().transactionalIdPrefix() + "-" + shard;
        long largestRecord = settings.relay().largestRecord().asLongValue();
        return new Publishers() {

            @Override
            public Publisher open() {
                return new ShardProducer(kafka, of, topics, transactionalId, largestRecord);
            }

            @Override
            public void rehearse() {
                rehearsal.once(() -> ShardProducer.rehearse(kafka, of, topics, transactionalId, largestRecord));
            }
        };
    }

    void start(@Observes StartupEvent event) {
        if (!background.isOn()) {
            return;
        }
        outbox.onCommitted(this::committed);
        signals.listen(Signal.OUTBOX, this::heard);
        for (int i = 0; i < shards.size(); i++) {
            loops.start(shards.get(i), "outbox-" + i);
        }
        loops.start(this::measure, "outbox-metrics");
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
        shards.forEach(ShardRelay::stop);
        loops.join(STOP_TIMEOUT);
        leases.close();
    }

    /** Threads that have ended before their time or hang. */
    List<String> broken() {
        if (stopping.getCount() == 0) {
            return List.of();
        }
        List<String> broken = new ArrayList<>(loops.ended());
        for (int shard = 0; background.isOn() && shard < shards.size(); shard++) {
            if (shards.get(shard).isStuck(LONGEST_STEP)) {
                broken.add("outbox-" + shard);
            }
        }
        return broken;
    }

    private void committed(int shard) {
        if (leases.holds(shard)) {
            shards.get(shard).wake();
        } else {
            signals.send(Signal.OUTBOX, Set.of(Integer.toString(shard)));
        }
    }

    private void heard(Set<String> names) {
        boolean any = names.contains(Signals.ANY);
        for (int shard = 0; shard < shards.size(); shard++) {
            if (any || names.contains(Integer.toString(shard))) {
                shards.get(shard).wake();
            }
        }
    }

    private void measure() {
        try {
            while (!stopping.await(settings.relay().measureInterval().toMillis(), TimeUnit.MILLISECONDS)) {
                measureOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measureOnce() {
        try {
            metrics.measured(rows.backlog(shards.size()));
        } catch (SQLException | RuntimeException e) {
            LOG.debugf("The outbox was not measured: %s", e.getMessage());
        }
    }

    /** Counts what Kafka has, and tells those who wait for changes, here and on the other replicas. */
    private final class Done implements ShardRelay.Published {

        @Override
        public void acknowledged(OutboxRows.Row row) {
            metrics.acknowledged(row);
        }

        @Override
        public void accept(OutboxRows.Removed removed) {
            if (!removed.venues().isEmpty()) {
                signals.send(Signal.CHANGES, removed.venues());
                feed.fire(new FeedGrown(removed.venues()));
            }
        }
    }
}
