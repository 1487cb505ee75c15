package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Link;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Group commit against one transaction each. */
public final class HotDay implements Scenario {

    private static final int CLIENTS = 100;
    private static final int TABLES = 200;
    /** Several days, so that warming up does not take for ever where every booking waits for the one before. */
    private static final int WARM_DAYS = 10;

    private static final int WARM_UP = 6_000;
    private static final String GROUPED = "grouped";
    private static final String ONE_EACH = "one transaction each";

    @Override
    public String name() {
        return "hot-day";
    }

    @Override
    public String question() {
        return "How many bookings of one day (200 tables) commit a second from 100 clients when what waits is decided together,"
                + " against max-batch=1 (one transaction each), with a round trip of 1 ms to the database as between"
                + " availability zones, and without.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        for (int round = 0; round < bed.effort().rounds(); round++) {
            for (String way : List.of(GROUPED, ONE_EACH)) {
                found.add(way + ", loopback", "1/s", bookingsPerSecond(bed, settings(way)));
                try (Link link = Link.to(bed.databasePort(), Duration.ofMillis(1))) {
                    Map<String, String> far = settings(way);
                    far.put("LASTTABLE_DATABASE_PORT", String.valueOf(link.port()));
                    found.add(way + ", 1 ms", "1/s", bookingsPerSecond(bed, far));
                }
            }
        }
        found.ratioAtLeast(GROUPED + ", 1 ms", ONE_EACH + ", 1 ms", 5);
        found.note("The target is on the round trip of 1 ms: without a network, waiting for it cannot be saved.");
    }

    private static Map<String, String> settings(String way) {
        Map<String, String> settings = new HashMap<>();
        if (way.equals(ONE_EACH)) {
            settings.put("LASTTABLE_QUEUE_MAX_BATCH", "1");
        }
        return settings;
    }

    private static double bookingsPerSecond(Testbed bed, Map<String, String> settings) throws Exception {
        Effort effort = bed.effort();
        Setup setup = bed.standard().withEnvironment(Service.BOOKING, settings);
        bed.freshPlatform(setup);
        Pace closed = Pace.closed(CLIENTS);
        BenchVenue warmUp = new BenchVenue("hot-warm", TABLES, WARM_DAYS);
        bed.api().publish(warmUp);
        Random random = new Random(effort.seed());
        HttpOutcome warm = bed.send(
                Service.BOOKING, Requests.filling(List.of(warmUp), random).part(0, effort.size(WARM_UP, 50)), closed);
        assert warm.seconds() > 0;
        BenchVenue hot = new BenchVenue("hot", TABLES, 1);
        bed.api().publish(hot);
        Requests requests = Requests.filling(List.of(hot), random).part(0, effort.size(1_400, 100));
        HttpOutcome booked = bed.send(Service.BOOKING, requests, closed);
        return booked.count("book", 201) / booked.seconds();
    }
}
