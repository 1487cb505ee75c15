package io.lasttable.benchmark.scenario;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.peer.Pgbench;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Bookings that do not meet. */
public final class SpreadBookings implements Scenario {

    private static final int CLIENTS = 16;
    private static final int DAYS = 20;
    private static final int TABLES = 10;

    /** Bookings of one step of the warm-up, on days of their own. */
    private static final int WARM_UP = 12_000;

    private static final String OURS = "bookings per second";
    private static final String FLOOR = "pgbench bookings per second";

    @Override
    public String name() {
        return "spread-bookings";
    }

    @Override
    public String question() {
        return "How many bookings a second one booking-service commits over 1,000 days (50 venues, 20 dates each) from 16"
                + " clients, with relay, projection and notify running, after a warm-up until the compilers are done. Floor: pgbench"
                + " sending what one booking needs, a transaction for each, in the same pipelines to the same tables with 16"
                + " clients, while the services are idle, in the same round. Each begins on tables that were vacuumed.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.freshPlatform(bed.standard());
        Optional<Pgbench> pgbench = Pgbench.find(bed);
        if (pgbench.isEmpty()) {
            found.note("pgbench is not installed (Debian: postgresql-15): no floor for bookings");
        }
        warmUp(bed, found);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            List<BenchVenue> venues = venues(bed, "spread-" + round);
            if (pgbench.isPresent()) {
                String prefix = "floor-" + round;
                List<BenchVenue> own = venues(bed, prefix);
                int seconds = bed.effort().size(8, 1);
                bed.vacuum("booking");
                found.add(FLOOR, "1/s", pgbench.get().bookingsPerSecond(prefix, own.size(), DAYS, CLIENTS, seconds));
            }
            bed.vacuum("booking");
            bed.vacuum("availability");
            bookings(bed, found, "", venues, Pace.closed(CLIENTS), round);
        }
        if (found.has(FLOOR)) {
            found.ratioAtLeast(OURS, FLOOR, 0.5);
        }
        found.holds("every booking of a free table is answered 201", found.total("answers other than 201"));
    }

    static List<BenchVenue> venues(Testbed bed, String prefix) throws Exception {
        List<BenchVenue> venues = BenchVenue.many(prefix, bed.effort().size(50, 2), TABLES, DAYS);
        bed.api().publish(venues);
        return venues;
    }

    static void warmUp(Testbed bed, Findings found) throws Exception {
        WarmUp.untilCompiled(bed, found, step -> {
            Requests all = Requests.filling(
                    venues(bed, "spread-warm-" + step), new Random(bed.effort().seed()));
            send(bed, all.part(0, bed.effort().size(WARM_UP, 100)), Pace.closed(CLIENTS));
        });
    }

    /** @param label before the name of each figure */
    static void bookings(Testbed bed, Findings found, String label, List<BenchVenue> venues, Pace pace, int round)
            throws Exception {
        Effort effort = bed.effort();
        Requests all = Requests.filling(venues, new Random(effort.seed() + round));
        int first = effort.size(2_000, 100);
        send(bed, all.part(0, first), pace);
        Requests measured = all.part(first, effort.size(12_000, 200));
        Wal wal = Wal.from(bed);
        Cpu cpu = Cpu.from(bed);
        double compiled = bed.compilerSeconds();
        HttpOutcome booked = send(bed, measured, pace);
        Map<String, Double> used = cpu.seconds();
        used.put("the JIT compilers among these", bed.compilerSeconds() - compiled);
        found.add(label + OURS, "1/s", booked.count("book", 201) / booked.seconds());
        booked.addTo(found, label + "booking", "book");
        found.add(label + "answers other than 201", "", measured.size() - booked.count("book", 201));
        wal.addTo(found, label, measured.size());
        used.forEach((who, seconds) ->
                found.add(label + "CPU of " + who + " per booking", "us", seconds * 1e6 / measured.size()));
    }

    @CanIgnoreReturnValue
    private static HttpOutcome send(Testbed bed, Requests requests, Pace pace) throws Exception {
        return bed.send(Service.BOOKING, requests, pace);
    }
}
