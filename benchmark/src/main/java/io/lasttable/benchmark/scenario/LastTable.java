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
import java.util.List;

/** Everybody wants the same table. */
public final class LastTable implements Scenario {

    private static final String ALTERNATIVES = "\"alternatives\":[{";

    @Override
    public String name() {
        return "last-table";
    }

    @Override
    public String question() {
        return "2 to 10,000 people ask for the only table of one slot at the same time, each on a connection of their own to"
                + " booking-service: one must get it, all others a refusal with alternatives, and the last answer within 5 s.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard());
        int most = bed.effort().size(10_000, 100);
        List<Integer> crowds = bed.effort().quick() ? List.of(2, 20, most) : List.of(2, 10, 100, 1_000, 3_000, most);
        double violations = 0;
        for (int round = 0; round < bed.effort().rounds(); round++) {
            for (int people : crowds) {
                HttpOutcome outcome = race(bed, "last-" + round + "-" + people, people);
                violations += violations(outcome, people);
                found.point("all answered", "people", "seconds", people, outcome.latency("book", "max") / 1_000);
                if (people == most) {
                    record(found, outcome, most);
                }
            }
        }
        found.holds("exactly one 201, every other answer 409 with alternatives", violations);
        found.atMost("last answer of " + most + " people", 5);
    }

    private static HttpOutcome race(Testbed bed, String venueId, int people) throws Exception {
        BenchVenue venue = new BenchVenue(venueId, 1, 2);
        bed.api().publish(venue);
        String date = venue.dates().get(0);
        Requests requests = new Requests();
        for (int i = 0; i < people; i++) {
            JsonObject added = requests.book(venueId, date, "18:00");
            assert added != null;
        }
        return bed.send(Service.BOOKING, requests, Pace.burst(people).counting(ALTERNATIVES));
    }

    private static double violations(HttpOutcome outcome, int people) {
        return Math.abs(outcome.count("book", 201) - 1)
                + Math.abs(outcome.count("book", 409) - (people - 1))
                + Math.abs(outcome.containing("book") - (people - 1));
    }

    private static void record(Findings found, HttpOutcome outcome, int people) {
        found.add("last answer of " + people + " people", "s", outcome.latency("book", "max") / 1_000);
        found.add("median answer", "s", outcome.latency("book", "p50") / 1_000);
        found.add("refusals per second", "1/s", outcome.count("book", 409) / outcome.seconds());
        found.add("errors", "", outcome.errors());
        if (outcome.errors() > 0) {
            found.note(outcome.statuses());
        }
    }
}
