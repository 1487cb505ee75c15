package io.lasttable.benchmark.scenario;

import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Failures drawn by seed, one every few seconds: a replica is killed (as by the kernel) or asked to end (as by a deploy), or
 * some clients are cut. A replica comes back at once, as under Kubernetes; one replica of a service is away at a time.
 */
final class Chaos implements AutoCloseable {

    private static final int SHORTEST_PAUSE_MS = 3_000;
    private static final int LONGEST_PAUSE_MS = 9_000;
    private static final int CUT_SHARE = 5;

    private final Platform platform;
    private final Setup setup;
    private final Live live;
    private final int clients;
    private final Random random;
    private final Map<Service, CompletableFuture<Void>> comingBack = new LinkedHashMap<>();
    private final List<String> done = new ArrayList<>();

    Chaos(Platform platform, Setup setup, Live live, int clients, Random random) {
        this.platform = platform;
        this.setup = setup;
        this.live = live;
        this.clients = clients;
        this.random = random;
    }

    /** Goes on for so long. */
    void rage(Duration length) throws InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        while (true) {
            long pause = SHORTEST_PAUSE_MS + random.nextInt(LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS);
            if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause) > end) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(pause);
            strike();
        }
    }

    private void strike() {
        int kind = random.nextInt(6);
        switch (kind) {
            case 0, 1 -> end(Service.NOTIFY, random.nextBoolean());
            case 2 -> end(Service.BOOKING, random.nextBoolean());
            case 3 -> end(Service.AVAILABILITY, random.nextBoolean());
            default -> cut();
        }
    }

    private void cut() {
        live.cut(random.nextLong(), clients / CUT_SHARE);
        done.add("cut " + clients / CUT_SHARE + " clients");
    }

    private void end(Service service, boolean byForce) {
        CompletableFuture<Void> before = comingBack.get(service);
        if (before != null && !before.isDone()) {
            return;
        }
        int replicas = setup.replicas().get(service);
        String name = service.replicaName(1 + random.nextInt(replicas), replicas);
        ProcessHandle.of(platform.pid(name)).ifPresent(process -> {
            boolean asked = byForce ? process.destroyForcibly() : process.destroy();
            done.add((byForce ? "killed " : "ended ") + name + (asked ? "" : " (was gone already)"));
        });
        comingBack.put(service, CompletableFuture.runAsync(() -> restart(name)));
    }

    private void restart(String name) {
        try {
            platform.restart(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until everything is back. */
    void repair() {
        comingBack.values().forEach(CompletableFuture::join);
        comingBack.clear();
    }

    /** What was done, counted. */
    List<String> kills() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        done.forEach(what -> counts.merge(what, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }

    @Override
    public void close() {
        repair();
    }
}
