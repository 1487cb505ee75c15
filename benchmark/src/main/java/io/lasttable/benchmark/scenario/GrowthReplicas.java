package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import java.util.List;

/** The same load over more and more replicas of notify-service. */
public final class GrowthReplicas implements Scenario {

    private static final double RATE = 50;

    @Override
    public String name() {
        return "growth-replicas";
    }

    @Override
    public String question() {
        return "What replicas of notify-service cost when the load stays the same (50 bookings/s over 20 days, 2,000 watchers):"
                + " each reads every event, so their CPU together is the price of \"any replica serves any client\". All share"
                + " the cores of one machine, so latency cannot gain here.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        for (int replicas = 1; replicas <= bed.effort().size(4, 2); replicas++) {
            bed.platform(bed.standard().withReplicas(Service.NOTIFY, replicas));
            Seen.warmUp(bed, found);
            List<BenchVenue> venues = BenchVenue.many("replicas-" + replicas, 10, 20, 2);
            Seen seen = Seen.measure(bed, venues, bed.effort().size(2_000, 40), RATE, 0);
            found.point(
                    "replicas p99",
                    "replicas",
                    "p99, ms",
                    replicas,
                    seen.latency().getDouble("p99"));
            found.point(
                    "replicas CPU",
                    "replicas",
                    "CPU s of notify",
                    replicas,
                    seen.cpu().get("notify"));
        }
    }
}
