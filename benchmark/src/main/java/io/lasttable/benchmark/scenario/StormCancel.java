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

/** The weather turns, and everybody cancels. */
public final class StormCancel implements Scenario {

    private static final int TABLES = 200;

    @Override
    public String name() {
        return "storm-cancel";
    }

    @Override
    public String question() {
        return "How long 200 cancellations of one slot take when they come at once and 200 people wait for it: each frees a table"
                + " and offers it to the next in line in the same transaction, so afterwards nobody waits beside a free"
                + " table.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.platform(bed.standard());
        int tables = bed.effort().size(TABLES, 10);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            BenchVenue venue = new BenchVenue("cancel-" + round, tables, 1);
            bed.api().publish(venue);
            HttpOutcome outcome =
                    bed.send(Service.BOOKING, story(venue), Pace.timetable().connections(tables));
            outcome.addTo(found, "cancellation", "cancel");
            found.add("cancellations not 200", "", tables - outcome.count("cancel", 200));
            long offered = new Truth(bed, "cancel").waitlist("cancel-" + round, "offered");
            found.add("people still waiting beside a free table", "", tables - offered);
            found.note(outcome.statuses());
        }
        found.holds("every freed table is offered", found.total("people still waiting beside a free table"));
    }

    /** Everything is booked, then everybody joins the line, then the storm. */
    private static Requests story(BenchVenue venue) {
        Requests requests = new Requests();
        for (int i = 0; i < venue.tables(); i++) {
            requests.book(venue.id(), venue.lastDate(), "18:00")
                    .put("as", "r" + i)
                    .put("at", i * 10.0);
            JsonObject wish = Requests.booking(venue.lastDate(), "18:00", 2)
                    .put("from", "18:00")
                    .put("to", "18:00");
            Object time = wish.remove("time");
            assert time != null;
            requests.post("join", "/v1/venues/" + venue.id() + "/waitlist", wish)
                    .put("at", 10.0 * venue.tables() + 2_000 + i * 10.0);
            requests.act("cancel", "/v1/reservations/{r" + i + "}/cancel").put("at", 20.0 * venue.tables() + 5_000);
        }
        return requests.inTime();
    }
}
