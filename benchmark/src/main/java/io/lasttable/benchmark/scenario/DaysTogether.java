package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.peer.Pgbench;
import io.lasttable.benchmark.report.Findings;
import java.util.List;
import java.util.Optional;

/** Whether bookings of several days would cost PostgreSQL less in one transaction: a probe of a design, of the database alone. */
public final class DaysTogether implements Scenario {

    private static final int DATES = 20;
    private static final int TABLES = 10;
    private static final List<Integer> TOGETHER = List.of(1, 2, 4, 8, 16);
    private static final List<Integer> CLIENTS = List.of(2, 16);

    @Override
    public String name() {
        return "days-together";
    }

    @Override
    public String question() {
        return "How many bookings a second PostgreSQL commits when those of 1, 2, 4, 8 or 16 days of any venue share a"
                + " transaction, each statement over all of them, over 1,000 days, from 2 and 16 clients of pgbench, while the"
                + " services are idle; with and without waiting for the disk at each commit.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        for (boolean durable : List.of(false, true)) {
            bed.freshPlatform(bed.standard().withDurable(durable));
            Optional<Pgbench> pgbench = Pgbench.find(bed);
            if (pgbench.isEmpty()) {
                found.note("pgbench is not installed (Debian: postgresql-15)");
                return;
            }
            for (int round = 0; round < bed.effort().rounds(); round++) {
                for (int clients : CLIENTS) {
                    measure(bed, found, pgbench.get(), clients, "together-" + round + "-" + clients, durable);
                }
            }
        }
    }

    private static void measure(
            Testbed bed, Findings found, Pgbench pgbench, int clients, String prefix, boolean durable)
            throws Exception {
        int venues = bed.effort().size(50, 2);
        int seconds = bed.effort().size(8, 1);
        bed.api().publish(BenchVenue.many(prefix, venues, TABLES, DATES));
        String curve = "days in one transaction, " + clients + " clients" + (durable ? ", fsync" : "");
        double alone = pgbench.bookingsPerSecond(prefix, venues, DATES, clients, seconds);
        found.add("as today, " + clients + " clients" + (durable ? ", fsync" : ""), "1/s", alone);
        for (int together : TOGETHER) {
            double rate = pgbench.bookingsPerSecond(prefix, venues, DATES, clients, seconds, together);
            found.point(curve, "days", "bookings/s", together, rate);
        }
    }
}
