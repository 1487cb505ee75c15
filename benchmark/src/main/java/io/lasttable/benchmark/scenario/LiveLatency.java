package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.peer.CommitKafkaSocket;
import io.lasttable.benchmark.report.Findings;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Commit to frame. */
public final class LiveLatency implements Scenario {

    private static final double RATE = 50;
    private static final int VENUES = 10;
    private static final int DAYS = 2;
    private static final int TABLES = 20;

    @Override
    public String name() {
        return "live-latency";
    }

    @Override
    public String question() {
        return "How long from the decision on a booking to the frame at a watcher: 50 bookings/s over 20 days on a timetable,"
                + " 2,000 watchers on all replicas of notify-service, every version at every watcher counted, from ce_time"
                + " (taken before the commit). Floor: the same row committed, one Kafka round trip, one socket write, at the"
                + " same rate.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Effort effort = bed.effort();
        bed.platform(bed.standard());
        Seen.warmUp(bed, found);
        for (int round = 0; round < effort.rounds(); round++) {
            floor(bed, found);
            round(bed, found, round);
        }
        found.atMost("commit to frame p99", 25);
        found.ratioAtMost("commit to frame p99", "floor p99", 3);
        found.holds("no watcher sees a version twice or going back", found.total("disorder"));
    }

    private static void floor(Testbed bed, Findings found) throws Exception {
        JsonObject floor = CommitKafkaSocket.measure(bed, RATE, bed.effort().size(500, 50));
        found.add("floor p50", "ms", floor.getDouble("p50"));
        found.add("floor p99", "ms", floor.getDouble("p99"));
    }

    private static void round(Testbed bed, Findings found, int round) throws Exception {
        Effort effort = bed.effort();
        List<BenchVenue> venues = BenchVenue.many("live-" + round, VENUES, TABLES, DAYS);
        Seen seen = Seen.measure(bed, venues, effort.size(2_000, 100), RATE, round);
        for (String percentile : List.of("p50", "p99", "p999", "max")) {
            found.add("commit to frame " + percentile, "ms", seen.latency().getDouble(percentile));
        }
        found.add("frames", "", seen.frames());
        found.add("disorder", "", seen.disorder());
        seen.booked().addTo(found, "booking", "book");
        found.add(
                "bookings not 201",
                "",
                seen.booked().size("book") - seen.booked().count("book", 201));
        seen.cpu().forEach((who, seconds) -> found.add("CPU of " + who, "s", seconds));
    }
}
