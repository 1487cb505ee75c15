package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;

/** An analyst leaves a transaction open. */
public final class LongTransaction implements Scenario {

    private static final double RATE = 50;

    @Override
    public String name() {
        return "long-tx";
    }

    @Override
    public String question() {
        return "Whether a 30 s analytics transaction on the booking database (repeatable read, written to, never committed) holds"
                + " up bookings or their news: 50 bookings/s, 1,000 watchers, with it and without.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard());
        Seen.warmUp(bed, found);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            Seen alone = measure(bed, "alone-" + round);
            found.add("decision to frame p99, alone", "ms", alone.latency().getDouble("p99"));
            found.add("booking p99, alone", "ms", alone.booked().latency("book", "p99"));
            try (Connection analyst = DriverManager.getConnection(bed.jdbc("booking"), "postgres", "");
                    Statement statement = analyst.createStatement()) {
                analyst.setAutoCommit(false);
                analyst.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                boolean rows = statement.execute("create temporary table report as select count(*) from reservation");
                assert !rows;
                Seen beside = measure(bed, "beside-" + round);
                found.add(
                        "decision to frame p99, beside it",
                        "ms",
                        beside.latency().getDouble("p99"));
                found.add("booking p99, beside it", "ms", beside.booked().latency("book", "p99"));
                analyst.rollback();
            }
        }
        found.ratioAtMost("decision to frame p99, beside it", "decision to frame p99, alone", 2);
    }

    private static Seen measure(Testbed bed, String prefix) throws Exception {
        return Seen.measure(
                bed, BenchVenue.many(prefix, 10, 20, 2), bed.effort().size(1_000, 40), RATE, 0);
    }
}
