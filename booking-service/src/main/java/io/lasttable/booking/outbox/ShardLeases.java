package io.lasttable.booking.outbox;

import io.lasttable.booking.signal.Signal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * The shards that this process owns, as rows with the database's clock. One statement of a thread of its own renews all
 * of them, so a shard whose Kafka is slow keeps its owner instead of wandering from replica to replica, each fencing the other.
 *
 * <p>A lease decides who works, not who may: safety lies in the fencing of {@link ShardProducer}. So the lease needs no
 * exact clock, and a process that was paused past its lease does no harm.
 */
final class ShardLeases implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ShardLeases.class);
    private static final int NETWORK_TIMEOUT_MILLIS = 10_000;

    private static final String TAKE = """
            insert into shard_lease (shard, owner, epoch, expires_at)
            values (?, ?, 1, now() + make_interval(secs => ?))
            on conflict (shard) do update set owner = excluded.owner, expires_at = excluded.expires_at,
              epoch = shard_lease.epoch + case when shard_lease.owner = excluded.owner then 0 else 1 end
            where shard_lease.owner = excluded.owner or shard_lease.expires_at < now()
            """;
    private static final String RENEW = "update shard_lease set expires_at = now() + make_interval(secs => ?)"
            + " where owner = ? and shard = any (?) returning shard";
    /** Whoever waits for it hears so. */
    private static final String RELEASE = """
            with released as (
              update shard_lease set expires_at = now() - interval '1 second' where shard = ? and owner = ? returning shard)
            select pg_notify(?, ?) from released
            """;

    private final DataSource database;
    private final String owner;
    private final Duration duration;

    /** Shard to the {@link System#nanoTime} at which its lease may have run out. */
    private final Map<Integer, Long> held = new ConcurrentHashMap<>();

    private final ScheduledExecutorService heartbeat;

    ShardLeases(DataSource database, String owner, Duration duration) {
        this.database = database;
        this.owner = owner;
        this.duration = duration;
        heartbeat = Executors.newSingleThreadScheduledExecutor(renewal -> {
            Thread thread = new Thread(renewal, "outbox-leases");
            thread.setDaemon(true);
            return thread;
        });
        long period = duration.toMillis() / 3;
        heartbeat.scheduleWithFixedDelay(this::renewAll, period, period, TimeUnit.MILLISECONDS);
    }

    /** Takes the shard when nobody's lease of it runs; false while another owner's does. */
    boolean take(int shard) throws SQLException {
        long asked = System.nanoTime();
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, shard);
            statement.setString(2, owner);
            statement.setDouble(3, seconds());
            boolean ours = statement.executeUpdate() == 1;
            if (ours) {
                held.put(shard, asked + duration.toNanos());
            }
            return ours;
        }
    }

    /** Whether the lease still runs by this process's clock. */
    boolean holds(int shard) {
        Long until = held.get(shard);
        return until != null && System.nanoTime() - until < 0;
    }

    Set<Integer> held() {
        return Set.copyOf(held.keySet());
    }

    /** Stops renewing; the shard is free once the lease runs out. */
    void forget(int shard) {
        held.remove(shard);
    }

    /** Gives the shard back at once, so that another replica need not wait for the lease to run out. */
    boolean release(int shard) throws SQLException {
        forget(shard);
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            statement.setInt(1, shard);
            statement.setString(2, owner);
            statement.setString(3, Signal.OUTBOX.channel());
            statement.setString(4, Signal.message(owner, Integer.toString(shard)));
            try (ResultSet released = statement.executeQuery()) {
                return released.next();
            }
        }
    }

    @Override
    public void close() {
        heartbeat.shutdown();
    }

    private void renewAll() {
        Set<Integer> shards = held();
        if (shards.isEmpty()) {
            return;
        }
        try {
            renew(shards);
        } catch (Throwable e) { // what escapes here ends the renewals for good
            LOG.warnf("The leases of outbox shards %s were not renewed: %s", shards, e.getMessage());
        }
    }

    private void renew(Set<Integer> shards) throws SQLException {
        long until = System.nanoTime() + duration.toNanos();
        try (Connection connection = connection();
                PreparedStatement statement = connection.prepareStatement(RENEW)) {
            Array array = connection.createArrayOf("int", shards.toArray());
            statement.setDouble(1, seconds());
            statement.setString(2, owner);
            statement.setArray(3, array);
            Set<Integer> lost = new HashSet<>(shards);
            try (ResultSet renewed = statement.executeQuery()) {
                while (renewed.next()) {
                    int shard = renewed.getInt(1);
                    held.computeIfPresent(shard, (same, old) -> until);
                    lost.remove(shard);
                }
            }
            lost.forEach(this::forget);
        }
    }

    private double seconds() {
        return duration.toMillis() / 1000.0;
    }

    private Connection connection() throws SQLException {
        Connection connection = database.getConnection();
        connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
        return connection;
    }
}
