package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.bed.Link;
import io.lasttable.embedded.FreePorts;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import io.lasttable.local.Ways;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A link between each pair of parts, a clock of each replica and a disk of each server, so that each can be broken alone. */
final class Net implements Ways, AutoCloseable {

    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, Link> toKafka = new LinkedHashMap<>();
    private final Map<Integer, Integer> brokerPorts = new LinkedHashMap<>();
    private final Optional<Clocks> clocks;
    private Optional<Disks> disks = Optional.empty();

    /** @param work for files of this run */
    Net(Setup setup, Path work) throws IOException {
        clocks = Clocks.in(work);
        for (String replica : replicas(setup)) {
            int listens = FreePorts.next();
            Link link = Link.to(listens, Duration.ZERO);
            toKafka.put(replica, link);
            links.put(replica + " to kafka", link);
            brokerPorts.put(listens, link.port());
        }
    }

    /** Names of all replicas of a setup. */
    static List<String> replicas(Setup setup) {
        return List.of(Service.values()).stream()
                .flatMap(service -> replicas(setup, service).stream())
                .toList();
    }

    static List<String> replicas(Setup setup, Service service) {
        int count = setup.replicas().get(service);
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> service.replicaName(number, count))
                .toList();
    }

    @Override
    public synchronized int port(String from, int to) {
        return links.computeIfAbsent(from + " to " + to, name -> open(to)).port();
    }

    @Override
    public int kafka(String from, int broker) {
        return toKafka.containsKey(from) ? toKafka.get(from).port() : broker;
    }

    @Override
    public Map<Integer, Integer> brokerPorts() {
        return brokerPorts;
    }

    @Override
    public Map<String, String> environment(String replica) {
        return clocks.map(each -> each.environment(replica)).orElse(Map.of());
    }

    @Override
    public void prepare(Path data) {
        disks = Disks.arePossible() ? Optional.of(Disks.mount(data)) : Optional.empty();
    }

    /** Where the replicas' clocks can be set. */
    Optional<Clocks> clocks() {
        return clocks;
    }

    /** Where the servers' disks can be filled. */
    Optional<Disks> disks() {
        return disks;
    }

    /** All links by name, {@code booking-1 to kafka} or {@code booking-1 to 15432}. */
    synchronized Map<String, Link> links() {
        return Map.copyOf(links);
    }

    private static Link open(int to) {
        try {
            return Link.to(to, Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Link link : links().values()) {
            link.close();
        }
        disks.ifPresent(Disks::unmount);
    }
}
