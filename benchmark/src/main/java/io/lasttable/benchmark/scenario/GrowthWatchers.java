package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Machine;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import java.util.List;

/** One day, more and more watchers. */
public final class GrowthWatchers implements Scenario {

    private static final double RATE = 10;
    private static final double WARM_UP_RATE = 50;
    private static final int SLOTS = 8;
    private static final int OTHER_FILES = 500;

    @Override
    public String name() {
        return "growth-watchers";
    }

    @Override
    public String question() {
        return "How deliveries per CPU second and Kafka send to frame grow with 100 to 10,000 watchers of one day on one replica"
                + " of notify-service, at 10 changes/s of 600 bytes.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        List<Integer> sizes = bed.effort().quick() ? List.of(20, 50) : List.of(100, 300, 1_000, 3_000, 10_000);
        bed.platform(bed.standard().withReplicas(Service.NOTIFY, 1));
        warmUp(bed);
        for (int watchers : sizes) {
            if (watchers + OTHER_FILES > Machine.openFiles()) {
                found.note(watchers + " watchers need more open files than this machine allows; raise ulimit -n");
                continue;
            }
            BenchVenue venue = new BenchVenue("watchers-" + watchers, 2, 2);
            bed.api().publish(venue);
            Live live = Live.watch(bed, watchers, List.of(venue.dayKeys().get(0)));
            Changes changes = new Changes(bed, venue, SLOTS);
            changes.publish(RATE, bed.effort().size(50, 10));
            live.reset(true);
            double before = bed.cpu().get("notify");
            changes.publish(RATE, bed.effort().size(100, 10));
            Thread.sleep(500);
            double used = bed.cpu().get("notify") - before;
            found.point(
                    "watchers deliveries",
                    "watchers",
                    "deliveries per CPU s",
                    watchers,
                    live.count().getLong("frames") / used);
            found.point(
                    "watchers p99",
                    "watchers",
                    "p99, ms",
                    watchers,
                    live.latency().getDouble("p99"));
            live.close();
        }
    }

    /** The smallest crowd comes first and would pay for the compiler. */
    private static void warmUp(Testbed bed) throws Exception {
        BenchVenue venue = new BenchVenue("watchers-warm", 2, 2);
        bed.api().publish(venue);
        Live live = Live.watch(
                bed, bed.effort().size(1_000, 20), List.of(venue.dayKeys().get(0)));
        new Changes(bed, venue, SLOTS).publish(WARM_UP_RATE, bed.effort().size(1_000, 10));
        live.close();
    }
}
