package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Random;

/** An ordinary evening, compressed into a minute and a half, all of it through the load balancer. */
public final class FridayEvening implements Scenario {

    private static final int DATES = 7;
    private static final double VISITORS_PER_SECOND = 20;
    private static final double SAME_DAY = 0.45;
    private static final double BOOKS = 0.15;
    private static final double CANCELS = 0.17;
    private static final double PARTY_OF_TWO = 0.5;
    private static final int FEWEST_READS = 4;
    private static final int MOST_READS = 12;
    private static final double READ_EVERY_MS = 1_000;

    @Override
    public String name() {
        return "friday-evening";
    }

    @Override
    public String question() {
        return "How an ordinary evening goes: 2,000 venues; visitors arrive as a Poisson process under a curve that rises and falls"
                + " around 20/s; 45 % look at the next date, half are two; each reads 4 to 12 times, 15 % book, 17 % of those"
                + " cancel; 1,500 sockets are open, and one in ten of them goes and comes every few seconds.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        bed.freshPlatform(bed.standard());
        List<BenchVenue> venues = BenchVenue.many("friday", bed.effort().size(2_000, 10), 8, DATES);
        bed.api().publish(venues);
        int watchers = bed.effort().size(1_500, 20);
        Live live = Live.open(
                bed,
                new JsonObject()
                        .put("ports", new JsonArray().add(bed.balancerPort()))
                        .put("count", watchers)
                        .put("days", new JsonArray(Live.days(venues)))
                        .put("bootstrap", bed.bootstrap())
                        .put("reconnects", true));
        double seconds = bed.effort().size(90, 5);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            live.reset(true);
            Cpu cpu = Cpu.from(bed);
            Requests evening = evening(venues, seconds, new Random(bed.effort().seed() + round));
            bed.beginSending(List.of(bed.balancerPort()), evening, Pace.timetable());
            comeAndGo(live, watchers, seconds);
            record(found, bed.sent(), live.latency());
            var used = cpu.addTo(found);
            assert !used.isEmpty();
        }
        found.add("disorder", "", live.count().getLong("disorder"));
        live.close();
        found.holds("no watcher sees a version twice or going back", found.total("disorder"));
        found.holds("no request fails", found.total("errors"));
    }

    private static void record(Findings found, HttpOutcome outcome, JsonObject latency) {
        for (String label : List.of("read", "book", "cancel")) {
            outcome.addTo(found, label, label);
        }
        found.add("decision to frame p99", "ms", latency.getDouble("p99"));
        found.add("errors", "", outcome.errors());
        found.note(outcome.statuses());
    }

    private static void comeAndGo(Live live, int watchers, double seconds) throws InterruptedException {
        for (int second = 0; second + 3 < seconds; second += 3) {
            live.cut(second, watchers / 10);
            Thread.sleep(3_000);
        }
    }

    private static Requests evening(List<BenchVenue> venues, double seconds, Random random) {
        Requests requests = new Requests();
        double at = 0;
        for (int visitor = 0; at < seconds; visitor++) {
            double rate = VISITORS_PER_SECOND * (0.5 + Math.sin(Math.PI * at / seconds));
            at += -Math.log(1 - random.nextDouble()) / rate;
            visit(requests, venues.get(random.nextInt(venues.size())), visitor, at * 1_000, random);
        }
        return requests.inTime();
    }

    private static void visit(Requests requests, BenchVenue venue, int visitor, double at, Random random) {
        String date = venue.dates().get(random.nextDouble() < SAME_DAY ? 0 : random.nextInt(DATES));
        int partySize = random.nextDouble() < PARTY_OF_TWO ? 2 : 1;
        int reads = FEWEST_READS + random.nextInt(MOST_READS - FEWEST_READS + 1);
        double time = at;
        for (int i = 0; i < reads; i++) {
            requests.get("read", "/v1/venues/" + venue.id() + "/availability?date=" + date + "&partySize=" + partySize)
                    .put("at", time);
            time += READ_EVERY_MS * random.nextDouble();
        }
        if (random.nextDouble() < BOOKS) {
            String turn = BenchVenue.TURNS.get(random.nextInt(BenchVenue.TURNS.size()));
            requests.post("book", "/v1/venues/" + venue.id() + "/reservations", Requests.booking(date, turn, partySize))
                    .put("as", "v" + visitor)
                    .put("at", time);
            if (random.nextDouble() < CANCELS) {
                requests.act("cancel", "/v1/reservations/{v" + visitor + "}/cancel")
                        .put("at", time + 5_000);
            }
        }
    }
}
