package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.FreePorts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is broken at one replica alone stops no shard: others take it over, or the replica itself goes on. */
class BrokenReplicaTest {

    @TempDir
    Path directory;

    @Test
    void aReplicaThatIsRefusedByKafkaGivesItsShardAway() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            givesAway(world, FreePorts.next());
        }
    }

    @Test
    void aReplicaThatHearsNothingOfKafkaGivesItsShardAway() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory);
                ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            givesAway(world, silent.getLocalPort());
        }
    }

    private static void givesAway(OutboxWorld world, int wrongPort) throws Exception {
        ShardLeases broken = world.leases("broken");
        ShardRelay relay = world.relay(broken, () -> world.producer(wrongPort));
        soon().until(() -> broken.holds(0));
        ShardLeases sound = world.leases("sound");
        world.relay(sound, world::producer);
        world.commit("monday", 1);
        soon().until(() -> {
            relay.wake();
            return world.waiting() == 0;
        });
        assertThat(sound.holds(0)).isTrue();
        assertThat(broken.holds(0)).isFalse();
    }

    @Test
    void aReplicaWhoseDatabaseFallsSilentLosesItsShardAndComesBack() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory);
                SilentProxy proxy = new SilentProxy(world.databasePort())) {
            DataSource throughProxy = world.database(proxy.port());
            ShardLeases cutOff = world.leases("cut off", throughProxy);
            world.relay(cutOff, new OutboxRows(throughProxy), world::producer, Duration.ofMillis(10));
            soon().until(() -> cutOff.holds(0));
            proxy.silent(true);
            ShardLeases sound = world.leases("sound");
            ShardRelay other = world.relay(sound, world::producer);
            world.commit("monday", 1);
            soon().until(() -> world.waiting() == 0);
            assertThat(sound.holds(0)).isTrue();

            other.stop();
            proxy.silent(false);
            soon().until(() -> cutOff.holds(0));
            world.commit("monday", 2);
            soon().until(() -> world.waiting() == 0);
        }
    }

    @Test
    void noErrorEndsTheThreadOfAShard() throws Exception {
        try (OutboxWorld world = new OutboxWorld(directory)) {
            AtomicInteger opened = new AtomicInteger();
            world.relay(world.leases("one"), () -> {
                if (opened.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("as a test has it");
                }
                return world.producer();
            });
            world.commit("monday", 1);
            soon().until(() -> world.waiting() == 0);
        }
    }

    @Test
    void aThreadThatEndsAllTheSameIsFound() {
        Loops loops = new Loops();
        loops.start(() -> {}, "ends");
        soon().until(() -> loops.ended().equals(List.of("ends")));
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
