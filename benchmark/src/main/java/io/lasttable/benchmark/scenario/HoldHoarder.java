package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Somebody holds every table and confirms none. */
public final class HoldHoarder implements Scenario {

    private static final int TTL_SECONDS = 5;
    private static final String MAY_FREE_UP = "mayFreeUpAt";

    @Override
    public String name() {
        return "hold-hoarder";
    }

    @Override
    public String question() {
        return "What a hoarder of holds does to others: 100 holds of 5 s on all tables of a slot, 100 people who want them meanwhile"
                + " (refused, and told when it may free up), and the same people right after the holds ran out (all booked,"
                + " whether or not a sweep has come by).";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard());
        int tables = bed.effort().size(100, 10);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            BenchVenue venue = new BenchVenue("hoard-" + round, tables, 1);
            bed.api().publish(venue);
            HttpOutcome held = all(bed, holds(venue));
            long heldAt = System.nanoTime();
            HttpOutcome meanwhile = all(bed, bookings(venue));
            long left = TTL_SECONDS * 1_000L + 50 - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heldAt);
            Thread.sleep(Math.max(0, left));
            HttpOutcome after = all(bed, bookings(venue));
            found.add("hold p99", "ms", held.latency("hold", "p99"));
            found.add("refusal p99", "ms", meanwhile.latency("book", 409, "p99"));
            found.add("booking over run-out holds p99", "ms", after.latency("book", 201, "p99"));
            found.add("refusals that do not say when it may free up", "", tables - meanwhile.containing("book"));
            found.add("tables not booked after the holds ran out", "", tables - after.count("book", 201));
        }
        found.holds(
                "every refusal says when a hold may free up",
                found.total("refusals that do not say when it may free up"));
        found.holds("run-out holds stand in nobody's way", found.total("tables not booked after the holds ran out"));
    }

    private static HttpOutcome all(Testbed bed, Requests requests) throws Exception {
        return bed.send(Service.BOOKING, requests, Pace.closed(50).counting(MAY_FREE_UP));
    }

    private static Requests holds(BenchVenue venue) {
        Requests requests = new Requests();
        for (int i = 0; i < venue.tables(); i++) {
            JsonObject hold = Requests.booking(venue.lastDate(), "18:00", 2).put("ttlSeconds", TTL_SECONDS);
            Object guest = hold.remove("guest");
            assert guest != null;
            requests.post("hold", "/v1/venues/" + venue.id() + "/holds", hold);
        }
        return requests;
    }

    private static Requests bookings(BenchVenue venue) {
        Requests requests = new Requests();
        for (int i = 0; i < venue.tables(); i++) {
            requests.book(venue.id(), venue.lastDate(), "18:00");
        }
        return requests;
    }
}
