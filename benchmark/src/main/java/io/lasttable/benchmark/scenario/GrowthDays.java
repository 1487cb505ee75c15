package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import java.util.List;

/** The same load over more and more days. */
public final class GrowthDays implements Scenario {

    private static final double RATE = 50;
    private static final int MOST_DATES = 100;

    @Override
    public String name() {
        return "growth-days";
    }

    @Override
    public String question() {
        return "How decision to frame grows with the number of days that 2,000 watchers (one a day where there are more days)"
                + " are spread over: 50 bookings/s over 1 to 10,000 days. On one day every booking goes to everybody.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        List<Integer> sizes = bed.effort().quick() ? List.of(1, 4) : List.of(1, 10, 100, 1_000, 10_000);
        bed.freshPlatform(bed.standard());
        Seen.warmUp(bed, found);
        for (int days : sizes) {
            int dates = Math.min(days, MOST_DATES);
            int tables = Math.max(4, 1_500 / BenchVenue.TURNS.size() / days + 1);
            List<BenchVenue> venues = BenchVenue.many("days-" + days, days / dates, tables, dates);
            Seen seen = Seen.measure(bed, venues, Math.max(bed.effort().size(2_000, 40), days), RATE, 0);
            found.point("days p50", "days", "p50, ms", days, seen.latency().getDouble("p50"));
            found.point("days p99", "days", "p99, ms", days, seen.latency().getDouble("p99"));
            found.point("days frames", "days", "frames", days, seen.frames());
        }
    }
}
