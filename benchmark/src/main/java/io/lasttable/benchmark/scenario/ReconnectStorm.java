package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.LoopDelay;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Everybody comes back at once. */
public final class ReconnectStorm implements Scenario {

    private static final double LONGEST_STALL_MS = 100;
    private static final double RATE = 25;
    private static final int BOOKINGS = 50;
    private static final long REST_MS = 5_000;

    @Override
    public String name() {
        return "reconnect-storm";
    }

    @Override
    public String question() {
        return "How long it takes until 10,000 watchers of 100 days on two replicas of notify-service, cut at the same time and"
                + " back at once with the versions they had, have all been told the newest state, while 25 bookings a second change the days; how many upgrades were"
                + " refused meanwhile; and how late an event loop of either replica ran a task that was due (the upper"
                + " bound of the histogram's bucket). The first storm warms up and is not counted; before each other one"
                + " there are five seconds of rest.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.freshPlatform(bed.standard().withReplicas(Service.NOTIFY, 2));
        List<BenchVenue> venues = BenchVenue.many("storm", 10, 4, 10);
        bed.api().publish(venues);
        Live live = Live.open(
                bed,
                new JsonObject()
                        .put("ports", new JsonArray(bed.ports(Service.NOTIFY)))
                        .put("count", bed.effort().size(10_000, 200))
                        .put("days", new JsonArray(Live.days(venues)))
                        .put("reconnects", true)
                        .put("backAfterMs", 0));
        JsonObject warm = live.storm();
        found.note("the storm that warmed up took " + warm.getDouble("seconds") + " s");
        Requests bookings = Requests.filling(venues, new Random(bed.effort().seed()));
        for (int round = 0; round < bed.effort().rounds(); round++) {
            storm(bed, found, live, bookings.part(round * BOOKINGS, BOOKINGS).atRate(RATE));
        }
        found.holds(
                "no watcher sees a version twice or going back", live.count().getLong("disorder"));
        live.close();
        found.atMost("longest event loop delay", LONGEST_STALL_MS);
    }

    /** Days change meanwhile: some watchers get a change, others the word that theirs is the newest. */
    private static void storm(Testbed bed, Findings found, Live live, Requests bookings) throws Exception {
        Thread.sleep(REST_MS);
        bed.beginSending(bed.ports(Service.BOOKING), bookings, Pace.timetable());
        List<LoopDelay> before = delays(bed);
        Cpu cpu = Cpu.from(bed);
        JsonObject storm = live.storm();
        found.add("until all are served again", "s", storm.getDouble("seconds"));
        found.add("upgrades refused", "", storm.getInteger("refused"));
        found.add("connections lost again", "", storm.getInteger("lost"));
        found.add("bookings that met a failure", "", bed.sent().errors());
        List<LoopDelay> after = delays(bed);
        double longest = 0;
        for (int replica = 0; replica < after.size(); replica++) {
            longest = Math.max(longest, after.get(replica).longestSince(before.get(replica)));
        }
        found.add("longest event loop delay", "ms", longest);
        assert !cpu.addTo(found).isEmpty();
    }

    private static List<LoopDelay> delays(Testbed bed) throws Exception {
        List<LoopDelay> delays = new ArrayList<>();
        for (int port : bed.ports(Service.NOTIFY)) {
            delays.add(LoopDelay.of(port));
        }
        return delays;
    }
}
