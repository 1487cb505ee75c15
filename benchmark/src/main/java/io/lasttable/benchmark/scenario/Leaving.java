package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** A replica of notify-service goes, as in a rollout and as in a crash, under pages that honour its {@code bye}. */
public final class Leaving implements Scenario {

    private static final String FIRST = "notify-1";
    private static final String SECOND = "notify-2";
    private static final double RATE = 20;
    private static final int BOOKINGS = 600;
    private static final double LONGEST_IN_A_ROLLOUT_MS = 1_000;

    /** The first try is spread over a second; it may meet the replica that is gone, until the balancer has seen that, and so may the second. */
    private static final double LONGEST_WHEN_KILLED_MS = 4_000;

    @Override
    public String name() {
        return "leaving";
    }

    @Override
    public String question() {
        return "For how long a page is not live when its replica of notify-service leaves in a rollout (SIGTERM, drain, a new"
                + " one), and when it is killed: 200 pages on the live client itself, through the load balancer, on two"
                + " replicas, while 20 bookings a second change their days; and how much later than the first page of its"
                + " day the latest one was told. The first departure warms up and is not counted; from then on all pages are on the replica that leaves.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Platform platform = bed.freshPlatform(bed.standard().withReplicas(Service.NOTIFY, 2));
        List<BenchVenue> venues = BenchVenue.many("leaving", 5, 40, 4);
        bed.api().publish(venues);
        Requests bookings = Requests.filling(venues, new Random(bed.effort().seed()));
        try (Pages pages = Pages.open(
                bed.root().resolve("notify-service/target/live-client/client.js"),
                bed.url(),
                bed.effort().size(200, 40),
                Live.days(venues))) {
            platform.restart(FIRST);
            JsonObject warm = pages.told();
            found.note("the departure that warmed up: " + warm.encode());
            for (int round = 0; round < bed.effort().rounds(); round++) {
                Requests some = bookings.part(round * BOOKINGS, BOOKINGS).atRate(RATE);
                bed.beginSending(bed.ports(Service.BOOKING), some, Pace.timetable());
                platform.restart(SECOND);
                tell(found, "in a rollout", pages.told());
                boolean killed = ProcessHandle.of(platform.pid(FIRST))
                        .map(ProcessHandle::destroyForcibly)
                        .orElse(false);
                assert killed;
                platform.restart(FIRST);
                tell(found, "when killed", pages.told());
                found.add("bookings that met a failure", "", bed.sent().errors());
            }
        }
        found.atMost("longest not live, in a rollout", LONGEST_IN_A_ROLLOUT_MS);
        found.atMost("longest not live, when killed", LONGEST_WHEN_KILLED_MS);
    }

    private static void tell(Findings found, String how, JsonObject told) {
        if (told.getInteger("opened") == 0) {
            throw new IllegalStateException("No page was on the replica that went away " + how);
        }
        found.add("connections opened meanwhile, " + how, "", told.getDouble("opened"));
        found.add("longest not live, " + how, "ms", told.getJsonObject("stale").getDouble("longest"));
        found.add(
                "half of the pages not live for at most, " + how,
                "ms",
                told.getJsonObject("stale").getDouble("middle"));
        found.add("pages that were not live at some time, " + how, "", told.getDouble("touched"));
        found.add(
                "told later than the first, at most, " + how,
                "ms",
                told.getJsonObject("late").getDouble("longest"));
    }
}
