package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.util.List;
import java.util.Map;

/** What it brings that days share a transaction. */
public final class DaysTogether implements Scenario {

    private static final List<Integer> CLIENTS = List.of(16, 64);
    private static final String SHARED = "shared";
    private static final String ONE_EACH = "a transaction for each day";

    @Override
    public String name() {
        return "days-together";
    }

    @Override
    public String question() {
        return "What a booking over 1,000 days costs and how many commit a second from 16 and 64 clients where days of any"
                + " venue share a transaction under load, against max-days=1 (each day a transaction of its own), without and with"
                + " waiting for the disk at each commit.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        for (int round = 0; round < bed.effort().rounds(); round++) {
            for (boolean durable : List.of(false, true)) {
                for (String way : List.of(ONE_EACH, SHARED)) {
                    measure(bed, found, way, durable, round);
                }
            }
        }
    }

    private static void measure(Testbed bed, Findings found, String way, boolean durable, int round) throws Exception {
        Setup setup = bed.standard().withDurable(durable);
        bed.freshPlatform(
                way.equals(SHARED)
                        ? setup
                        : setup.withEnvironment(
                                Service.BOOKING,
                                Map.of("LASTTABLE_QUEUE_MAX_DAYS", "1", "LASTTABLE_QUEUE_WRITERS", "100")));
        SpreadBookings.warmUp(bed, found);
        for (int clients : CLIENTS) {
            String label = way + (durable ? ", fsync, " : ", ") + clients + " clients: ";
            String prefix = "together-" + round + "-" + clients;
            SpreadBookings.bookings(bed, found, label, SpreadBookings.venues(bed, prefix), Pace.closed(clients), round);
        }
    }
}
