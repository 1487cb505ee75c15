package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Bookings at a steady rate and what watchers saw of them.
 *
 * @param latency from decision to frame, over every version at every watcher
 * @param cpu seconds of the measured stretch, by who used them
 */
record Seen(JsonObject latency, long frames, long disorder, HttpOutcome booked, Map<String, Double> cpu) {

    private static final long LAST_FRAMES_MS = 500;

    /** Bookings as fast as they go, watched, until the services' code is compiled: replicas that have run for a while. */
    static void warmUp(Testbed bed, Findings found) throws Exception {
        WarmUp.untilCompiled(bed, found, step -> warmUp(bed, "warm-" + step));
    }

    private static void warmUp(Testbed bed, String prefix) throws Exception {
        List<BenchVenue> venues = BenchVenue.many(prefix, 10, 40, 2);
        bed.api().publish(venues);
        Live live = Live.watch(bed, bed.effort().size(200, 20), Live.days(venues));
        Requests all = Requests.filling(venues, new Random(bed.effort().seed()));
        HttpOutcome warm = bed.send(Service.BOOKING, all.part(0, bed.effort().size(5_000, 50)), Pace.closed(16));
        assert warm.seconds() > 0;
        live.close();
    }

    /** Publishes the venues, watches their days, warms up, and measures. */
    static Seen measure(Testbed bed, List<BenchVenue> venues, int watchers, double rate, int round) throws Exception {
        bed.api().publish(venues);
        Requests all = Requests.filling(venues, new Random(bed.effort().seed() + round));
        int warmUp = (int) (rate * bed.effort().size(8, 1));
        Live live = Live.watch(bed, watchers, Live.days(venues));
        HttpOutcome warm = send(bed, all.part(0, warmUp).atRate(rate));
        assert warm.errors() == 0;
        live.reset(true);
        Map<String, Double> before = bed.cpu();
        HttpOutcome booked = send(
                bed, all.part(warmUp, (int) (rate * bed.effort().size(20, 2))).atRate(rate));
        Thread.sleep(LAST_FRAMES_MS);
        Map<String, Double> cpu = bed.cpuSince(before);
        JsonObject counted = live.count();
        Seen seen = new Seen(live.latency(), counted.getLong("frames"), counted.getLong("disorder"), booked, cpu);
        live.close();
        return seen;
    }

    private static HttpOutcome send(Testbed bed, Requests requests) throws Exception {
        return bed.send(Service.BOOKING, requests, Pace.timetable());
    }
}
