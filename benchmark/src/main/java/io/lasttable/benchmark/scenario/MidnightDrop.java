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
import java.util.Map;
import java.util.Random;

/** A new date opens at midnight. */
public final class MidnightDrop implements Scenario {

    private static final int TABLES = 200;
    private static final int RETRIES = 4;
    private static final double RETRY_MS = 50;

    @Override
    public String name() {
        return "midnight-drop";
    }

    @Override
    public String question() {
        return "What happens when 10,000 people want one day of a venue with 200 tables at the same instant, a third of them"
                + " sending again every 50 ms, four times, under the same Idempotency-Key: every table and turn must be"
                + " taken once, and nobody booked twice.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard());
        int people = bed.effort().size(10_000, 100);
        int tables = bed.effort().size(TABLES, 5);
        int places = tables * BenchVenue.TURNS.size();
        for (int round = 0; round < bed.effort().rounds(); round++) {
            BenchVenue venue = new BenchVenue("drop-" + round, tables, 1);
            bed.api().publish(venue);
            HttpOutcome outcome = bed.send(
                    Service.BOOKING,
                    rush(venue, people, new Random(bed.effort().seed() + round)),
                    Pace.timetable().connections(people));
            long booked = new Truth(bed, "drop").bookings("drop-" + round);
            found.add("first answer p50", "ms", outcome.latency("first", "p50"));
            found.add("first answer max", "ms", outcome.latency("first", "max"));
            found.add("everything answered after", "s", outcome.seconds());
            found.add("reservations beyond the tables", "", Math.max(0, booked - places));
            found.add("places left empty though wanted", "", Math.max(0, Math.min(places, people) * 0.9 - booked));
            found.add("errors", "", outcome.errors());
            found.note(outcome.statuses());
        }
        found.holds("no more reservations than tables and turns", found.total("reservations beyond the tables"));
    }

    private static Requests rush(BenchVenue venue, int people, Random random) {
        Requests requests = new Requests();
        for (int person = 0; person < people; person++) {
            String time = BenchVenue.TURNS.get(random.nextInt(BenchVenue.TURNS.size()));
            int sends = person % 3 == 0 ? 1 + RETRIES : 1;
            for (int n = 0; n < sends; n++) {
                requests.book(venue.id(), venue.lastDate(), time)
                        .put("label", n == 0 ? "first" : "again")
                        .put("at", n * RETRY_MS)
                        .put("headers", new JsonObject(Map.of("Idempotency-Key", venue.id() + "-" + person)));
            }
        }
        return requests.inTime();
    }
}
