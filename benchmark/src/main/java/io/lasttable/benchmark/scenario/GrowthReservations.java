package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import java.util.List;
import java.util.Random;

/** A day that fills up. */
public final class GrowthReservations implements Scenario {

    private static final int TABLES = 100;
    private static final int STEP = 50;

    @Override
    public String name() {
        return "growth-reservations";
    }

    @Override
    public String question() {
        return "How one booking's time grows with the reservations that its day has already, 0 to 500, one client, nothing else:"
                + " a decision reads the day's whole occupancy.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard());
        Seen.warmUp(bed, found);
        int steps = bed.effort().size(11, 2);
        for (int round = 0; round <= bed.effort().rounds(); round++) {
            BenchVenue venue = new BenchVenue("full-" + round, TABLES, 1);
            bed.api().publish(venue);
            Requests all =
                    Requests.filling(List.of(venue), new Random(bed.effort().seed()));
            for (int step = 0; step < steps; step++) {
                HttpOutcome booked = bed.send(Service.BOOKING, all.part(step * STEP, STEP), Pace.closed(1));
                if (round > 0) {
                    found.point(
                            "reservations of the day",
                            "reservations",
                            "booking p50, ms",
                            step * STEP,
                            booked.latency("book", "p50"));
                }
            }
        }
        found.note("The first round warms up and is not counted.");
    }
}
