package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.peer.Centrifugo;
import io.lasttable.benchmark.peer.Nchan;
import io.lasttable.benchmark.peer.PushServer;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One day, many watchers. */
public final class FanOut implements Scenario {

    private static final int SLOTS = 8;
    private static final int FRAME_BYTES = 600;
    private static final double RATE = 10;
    private static final double STORM = 500;
    private static final String OURS = "deliveries per CPU second";
    private static final String NCHAN = "nginx nchan deliveries per CPU second";
    private static final String CENTRIFUGO = "Centrifugo deliveries per CPU second";

    @Override
    public String name() {
        return "fan-out";
    }

    @Override
    public String question() {
        return "How many frames of about 600 bytes one CPU second of notify-service (one replica, user and system time from"
                + " /proc) delivers to 4,000 watchers of one day at 10 changes/s. Peers: nginx with nchan (one worker,"
                + " WebSocket) and Centrifugo (memory engine, unidirectional WebSocket), fed at the same rate with frames of"
                + " the same size, in the same round. And how much the tick"
                + " saves at 500 changes/s: versions brought to every watcher per CPU second, against a tick of zero.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Effort effort = bed.effort();
        int watchers = effort.size(4_000, 100);
        Setup ticking = bed.standard().withReplicas(Service.NOTIFY, 1);
        for (int round = 0; round < effort.rounds(); round++) {
            deliveries(bed, ticking, found, watchers, round);
            found.add("versions per CPU second with tick", "1/s", storm(bed, ticking, watchers, round));
        }
        Setup tickless = ticking.withEnvironment(Service.NOTIFY, Map.of("LASTTABLE_LIVE_TICK", "PT0S"));
        for (int round = 0; round < effort.rounds(); round++) {
            found.add("versions per CPU second without tick", "1/s", storm(bed, tickless, watchers, round));
        }
        for (String peer : List.of(NCHAN, CENTRIFUGO)) {
            if (found.has(peer)) {
                found.ratioAtLeast(OURS, peer, 1);
            }
        }
        found.ratioAtLeast("versions per CPU second with tick", "versions per CPU second without tick", 3);
    }

    private static void deliveries(Testbed bed, Setup setup, Findings found, int watchers, int round) throws Exception {
        bed.platform(setup);
        BenchVenue venue = publish(bed, "fan-" + round);
        Live live = Live.watch(bed, watchers, List.of(venue.dayKeys().get(0)));
        Changes changes = new Changes(bed, venue, SLOTS);
        changes.publish(RATE, bed.effort().size(round == 0 ? 250 : 50, 10));
        live.reset(true);
        Cpu cpu = Cpu.from(bed);
        changes.publish(RATE, bed.effort().size(100, 10));
        Thread.sleep(300);
        Map<String, Double> used = cpu.addTo(found);
        JsonObject counted = live.count();
        found.add(OURS, "1/s", counted.getLong("frames") / used.get("notify"));
        found.add("bytes per frame", "B", counted.getDouble("bytes") / counted.getLong("frames"));
        JsonObject latency = live.latency();
        found.add("Kafka send to frame p50", "ms", latency.getDouble("p50"));
        found.add("Kafka send to frame p99", "ms", latency.getDouble("p99"));
        live.close();
        peers(bed, found, watchers);
    }

    private static void peers(Testbed bed, Findings found, int watchers) throws Exception {
        Optional<PushServer> nginx = Nchan.start(bed);
        if (nginx.isPresent()) {
            found.add(NCHAN, "1/s", deliveries(bed, nginx.get(), watchers));
        } else {
            found.note("nginx with nchan is not installed (Debian: nginx, libnginx-mod-nchan): no such peer");
        }
        Optional<PushServer> centrifugo = Centrifugo.start(bed);
        if (centrifugo.isPresent()) {
            found.add(CENTRIFUGO, "1/s", deliveries(bed, centrifugo.get(), watchers));
        } else {
            found.note("centrifugo is not on the PATH (a Go program): no such peer");
        }
    }

    private static double deliveries(Testbed bed, PushServer started, int watchers) throws Exception {
        try (PushServer peer = started) {
            Live live = Live.open(bed, peer.subscription(watchers));
            peer.publish(RATE, bed.effort().size(50, 10), FRAME_BYTES);
            live.reset(false);
            double before = peer.cpuSeconds();
            peer.publish(RATE, bed.effort().size(100, 10), FRAME_BYTES);
            Thread.sleep(300);
            double used = peer.cpuSeconds() - before;
            long frames = live.count().getLong("frames");
            live.close();
            return frames / used;
        }
    }

    /** Versions that every watcher has got past, for each CPU second of notify-service. */
    private static double storm(Testbed bed, Setup setup, int watchers, int round) throws Exception {
        bed.platform(setup);
        BenchVenue venue = publish(bed, "storm-" + round);
        Live live = Live.watch(bed, watchers, List.of(venue.dayKeys().get(0)));
        Changes changes = new Changes(bed, venue, SLOTS);
        changes.publish(STORM, bed.effort().size(200, 100));
        live.reset(false);
        double before = bed.cpu().get("notify");
        long first = changes.version();
        changes.publish(STORM, bed.effort().size(600, 200));
        while (live.stale(List.of(changes.version())) > 0) {
            Thread.sleep(20);
        }
        double used = bed.cpu().get("notify") - before;
        live.close();
        return (changes.version() - first) / used;
    }

    private static BenchVenue publish(Testbed bed, String id) throws Exception {
        BenchVenue venue = new BenchVenue(id, 2, 2);
        bed.api().publish(venue);
        return venue;
    }
}
