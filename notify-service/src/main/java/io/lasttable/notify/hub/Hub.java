package io.lasttable.notify.hub;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.kafka.Feed;
import io.lasttable.notify.kafka.FeedProgress;
import io.lasttable.notify.wire.Loop;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** All connections of the replica: one {@link Shard} for each event loop. */
@Singleton
public class Hub {

    /** Told to every client, also to one that connects later, while what it sees may be old. */
    private static final Message DELAYED = Message.of("feed", null, "\"state\":\"delayed\"}");

    private static final Message LIVE = Message.of("feed", null, "\"state\":\"live\"}");

    private final NotifyConfig config;
    private final LiveMetrics metrics;
    private final FollowedDays days;
    private final FollowedReservations reservations;
    private final FeedProgress progress;
    private final Map<Loop, Shard> shards = new ConcurrentHashMap<>();

    Hub(
            NotifyConfig config,
            LiveMetrics metrics,
            FollowedDays days,
            FollowedReservations reservations,
            FeedProgress progress) {
        this.config = config;
        this.metrics = metrics;
        this.days = days;
        this.reservations = reservations;
        this.progress = progress;
    }

    void start(@Observes StartupEvent event, Feed feed) {
        metrics.observe(this::connections, days::size);
        progress.onStalled(this::tellStalled);
        feed.start(days, reservations);
    }

    /** The shard of an event loop. */
    public Shard of(Loop loop) {
        Shard known = shards.get(loop);
        return known != null ? known : shards.computeIfAbsent(loop, this::begin);
    }

    private Shard begin(Loop loop) {
        Shard shard = new Shard(loop, config, metrics, days::of, reservations::of);
        shard.start();
        return shard;
    }

    /** Open sockets and streams. */
    public int connections() {
        return shards.values().stream().mapToInt(Shard::size).sum();
    }

    /** Tells a new client what all have been told. */
    public void welcome(Connection connection) {
        if (progress.isStalled()) {
            connection.outbox().reply(DELAYED);
        }
    }

    private void tellStalled(boolean stalled) {
        Message message = stalled ? DELAYED : LIVE;
        shards.values().forEach(shard -> shard.execute(() -> shard.tell(message)));
    }

    /**
     * Sends some clients away, from each shard its part.
     *
     * @param reconnectWithinMillis each is asked to come back after a random time up to this
     */
    public void sendAway(int most, long reconnectWithinMillis) {
        int all = Math.max(1, connections());
        LongSupplier spread = () -> ThreadLocalRandom.current().nextLong(reconnectWithinMillis + 1);
        for (Shard shard : shards.values()) {
            int part = (int) Math.ceil((double) most * shard.size() / all);
            shard.execute(() -> shard.sendAway(part, spread));
        }
    }
}
