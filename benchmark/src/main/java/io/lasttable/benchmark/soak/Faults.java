package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.bed.Link;
import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** All that goes wrong, on targets drawn by seed. */
final class Faults {

    private static final Duration FAR = Duration.ofMillis(200);
    private static final Duration LONG_AWAY = Duration.ofMinutes(2);
    private static final Duration STEP = Duration.ofMinutes(2);

    private final Platform platform;
    private final Net net;
    private final List<String> replicas;
    private final Random random;

    Faults(Platform platform, Net net, Setup setup, Random random) {
        this.platform = platform;
        this.net = net;
        this.replicas = Net.replicas(setup);
        this.random = random;
    }

    /** One of each kind, in an order drawn by seed. */
    List<Fault> each() {
        List<Fault> all = new ArrayList<>(List.of(
                killed(replicaOf(Service.BOOKING)),
                killed(replicaOf(Service.NOTIFY)),
                ended(anyOf(replicas)),
                paused(anyOf(replicas)),
                killed("postgres"),
                killed("kafka"),
                paused("postgres"),
                paused("kafka"),
                restarted("postgres")));
        List<String> links = net.links().keySet().stream().sorted().toList();
        all.add(link("black hole", anyOf(links), link -> link.hold(true, true)));
        all.add(link("half open", anyOf(links), link -> link.hold(false, true)));
        all.add(link("half open the other way", anyOf(links), link -> link.hold(true, false)));
        all.add(link("slow", anyOf(links), link -> link.slow(FAR)));
        all.add(link("resets", anyOf(links), Link::reset));
        net.clocks().ifPresent(clocks -> {
            all.add(stepped(clocks, replicaOf(Service.BOOKING), STEP));
            all.add(stepped(clocks, anyOf(replicas), STEP.negated()));
        });
        Collections.shuffle(all, random);
        return all;
    }

    /** A deploy: every replica, one after the other. */
    List<Fault> rolling() {
        return replicas.stream().map(this::ended).toList();
    }

    /** Room for nothing more, one server after the other; nothing where disks cannot be filled. */
    List<Fault> fullDisks() {
        return net.disks().stream()
                .flatMap(disks -> Stream.of(full(disks, "postgres"), full(disks, "kafka")))
                .toList();
    }

    private Fault full(Disks disks, String server) {
        return new Fault(server, "without room on its disk", seconds(6), () -> disks.fill(server), () -> {
            disks.free(server);
            platform.restart(server);
        });
    }

    private Fault stepped(Clocks clocks, String replica, Duration ahead) {
        return new Fault(
                replica,
                "with its clock " + ahead.toSeconds() + " s ahead",
                seconds(6),
                () -> clocks.step(replica, ahead),
                () -> clocks.step(replica, Duration.ZERO));
    }

    Fault kafkaAway() {
        return new Fault(
                "kafka",
                "away",
                LONG_AWAY,
                () -> Processes.kill(platform.pid("kafka")),
                () -> platform.restart("kafka"));
    }

    private Fault killed(String name) {
        return new Fault(
                name, "killed", seconds(2), () -> Processes.kill(platform.pid(name)), () -> platform.restart(name));
    }

    private Fault ended(String name) {
        return new Fault(
                name,
                "ended",
                seconds(1),
                () -> Processes.signal("TERM", platform.pid(name)),
                () -> platform.restart(name));
    }

    private Fault restarted(String name) {
        return new Fault(name, "restarted", Duration.ZERO, () -> {}, () -> platform.restart(name));
    }

    private Fault paused(String name) {
        return new Fault(
                name,
                "paused",
                seconds(6),
                () -> Processes.pause(platform.pid(name)),
                () -> Processes.goOn(platform.pid(name)));
    }

    private interface Break {
        void apply(Link link);
    }

    private Fault link(String kind, String name, Break fault) {
        Map<String, Link> links = net.links();
        return new Fault(
                name,
                kind,
                seconds(6),
                () -> fault.apply(links.get(name)),
                () -> links.get(name).heal());
    }

    private String replicaOf(Service service) {
        return anyOf(replicas.stream()
                .filter(name -> name.startsWith(service.label()))
                .toList());
    }

    private String anyOf(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    /** From one second on, at most twice as long as usual. */
    private Duration seconds(int usual) {
        return Duration.ofMillis(1_000 + random.nextInt(2_000 * usual));
    }
}
