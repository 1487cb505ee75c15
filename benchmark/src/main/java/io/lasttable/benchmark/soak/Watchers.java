package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.history.Watcher;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Everybody who looks: on sockets, on event streams, through {@code client.js}, and by asking again and again. */
final class Watchers implements AutoCloseable {

    private static final int LONGEST_PAUSE_MS = 1_000;

    private final List<Connection> connections = new ArrayList<>();
    private final List<Sight> modules = new ArrayList<>();
    private final List<Sight> read = new ArrayList<>();
    private final List<AutoCloseable> others = new ArrayList<>();
    private final Thread keeper = new Thread(this::keep, "watchers");
    private volatile boolean closing;

    /**
     * @param replicas of notify-service, behind links
     * @param balancer where pages and readers go
     * @param pingInterval as notify-service is set
     * @param module the file of {@code client.js}
     */
    static Watchers open(Town town, List<URI> replicas, URI balancer, Duration pingInterval, Path module)
            throws Exception {
        Watchers watchers = new Watchers();
        town.days().forEach(day -> {
            for (int i = 0; i < replicas.size(); i++) {
                watchers.connections.add(
                        new SocketWatcher(new Sight("socket-" + i, day, true, pingInterval), replicas));
            }
            watchers.connections.add(
                    new StreamWatcher(new Sight("stream", day, true, pingInterval), replicas, pingInterval));
            watchers.read.add(new Sight("reader", day, false, pingInterval));
        });
        if (ModuleWatchers.hasNode()) {
            ModuleWatchers pages = ModuleWatchers.open(module, balancer.toString(), town.days(), pingInterval);
            watchers.modules.addAll(pages.sights());
            watchers.others.add(pages);
        }
        watchers.others.add(Reader.start(balancer, watchers.read));
        watchers.keeper.setDaemon(true);
        watchers.keeper.start();
        return watchers;
    }

    /** Brings lost connections back, each after a moment of its own. */
    private void keep() {
        Random random = new Random();
        while (!closing) {
            for (Connection connection : connections) {
                if (connection.isLost() && random.nextInt(LONGEST_PAUSE_MS) < 100) {
                    connection.connect();
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    List<Watcher> seen() {
        return Stream.of(connections.stream().map(Connection::sight), modules.stream(), read.stream())
                .flatMap(sights -> sights)
                .map(Sight::watcher)
                .toList();
    }

    /** Whether pages took part: they need node. */
    boolean haveModules() {
        return !modules.isEmpty();
    }

    @Override
    public void close() throws Exception {
        closing = true;
        keeper.interrupt();
        connections.forEach(Connection::close);
        for (AutoCloseable other : others) {
            other.close();
        }
    }
}
