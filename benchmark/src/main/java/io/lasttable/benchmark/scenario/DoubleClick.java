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
import java.util.Map;

/** Everybody clicks twice. */
public final class DoubleClick implements Scenario {

    private static final double RATE = 200;

    @Override
    public String name() {
        return "double-click";
    }

    @Override
    public String question() {
        return "Whether a booking that is sent twice at once under one Idempotency-Key, to two replicas of booking-service, makes"
                + " exactly one reservation: 1,000 double clicks at 100 a second.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard().withReplicas(Service.BOOKING, 2));
        int clicks = bed.effort().size(1_000, 20);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            BenchVenue venue = new BenchVenue("double-" + round, 2 * clicks / BenchVenue.TURNS.size() + 2, 1);
            bed.api().publish(venue);
            Requests requests = new Requests();
            for (int i = 0; i < clicks; i++) {
                List<String> turns = BenchVenue.TURNS;
                JsonObject key = new JsonObject(Map.of("Idempotency-Key", "double-" + round + "-" + i));
                for (int click = 0; click < 2; click++) {
                    requests.book(venue.id(), venue.lastDate(), turns.get(i % turns.size()))
                            .put("headers", key);
                }
            }
            HttpOutcome outcome = bed.send(Service.BOOKING, requests.atRate(RATE), Pace.timetable());
            outcome.addTo(found, "answer", "book");
            found.add("second clicks told to wait (409)", "", outcome.count("book", 409));
            long made = new Truth(bed, "double").bookings("double-" + round);
            found.add("reservations too many or too few", "", Math.abs(made - clicks));
        }
        found.holds("one reservation for each double click", found.total("reservations too many or too few"));
    }
}
