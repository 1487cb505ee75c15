package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonObject;
import java.util.Random;

/** What is free on a day. */
public final class DayRead implements Scenario {

    private static final double RATE = 1_000;

    @Override
    public String name() {
        return "day-read";
    }

    @Override
    public String question() {
        return "How long a read of one day takes at 1,000 reads/s on a timetable, over 10,000 venues with 14 days each, one"
                + " replica of availability-service; half ask for one party size, half for the whole day.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Effort effort = bed.effort();
        bed.platform(bed.standard());
        World world = World.load(bed, effort.size(10_000, 50));
        HttpOutcome warm = read(bed, world, effort.size(30_000, 200), 0);
        assert warm.seconds() > 0;
        for (int round = 1; round <= effort.rounds(); round++) {
            Cpu cpu = Cpu.from(bed);
            HttpOutcome answers = read(bed, world, effort.size(15_000, 500), round);
            var used = cpu.addTo(found);
            answers.addTo(found, "read", "read");
            found.add("read p99.9", "ms", answers.latency("read", "p999"));
            found.add("CPU of availability per read", "us", used.get("availability") * 1e6 / answers.size("read"));
            found.add("answers other than 200", "", answers.size("read") - answers.count("read", 200));
        }
        found.atMost("read p99", 10);
        found.holds("every read is answered 200", found.total("answers other than 200"));
    }

    private static HttpOutcome read(Testbed bed, World world, int count, int round) throws Exception {
        Random random = new Random(bed.effort().seed() + round);
        Requests requests = new Requests();
        for (int i = 0; i < count; i++) {
            String venue = "/v1/venues/" + world.any(random).venueId();
            String date = World.anyDate(random).toString();
            JsonObject added = random.nextBoolean()
                    ? requests.get("read", venue + "/availability?date=" + date + "&partySize=2")
                    : requests.get("read", venue + "/days/" + date);
            assert added != null;
        }
        return bed.send(Service.AVAILABILITY, requests.atRate(RATE), Pace.timetable());
    }
}
