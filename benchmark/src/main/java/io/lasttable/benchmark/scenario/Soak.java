package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The platform under random failures, a minute at a time: bookings and cancellations come through the load balancer while
 * {@link Chaos} kills replicas and cuts clients. Then the load stops, and within {@link #SETTLED_WITHIN} every watcher must
 * have the version that the database holds of its day. Nothing else counts: answers 502 and 503 while replicas are away are
 * what a load balancer gives, a watcher that is behind and does not know it is what must never be.
 */
public final class Soak implements Scenario {

    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(90);
    private static final double RATE = 20;
    private static final int WATCHERS = 400;
    private static final int CONNECTIONS = 64;
    private static final int SHARE_CANCELLED = 3;
    private static final int RECENT = 30;

    private final Duration length;
    private final Duration round;

    /** @param length how long failures go on; checked every minute */
    public Soak(Duration length) {
        this.length = length;
        this.round = length.compareTo(Duration.ofMinutes(1)) < 0 ? length : Duration.ofMinutes(1);
    }

    @Override
    public String name() {
        return "soak";
    }

    @Override
    public String question() {
        return "Whether any of 400 watchers (through the load balancer, coming back with their version) ends stale, sees a"
                + " version twice or going back, or an answered booking is lost, while for " + length.toMinutes()
                + " minutes replicas of every service are killed and restarted and clients cut at random, under 20 bookings"
                + " and cancellations a second.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Setup setup = bed.standard()
                .withReplicas(Service.BOOKING, 2)
                .withReplicas(Service.AVAILABILITY, 2)
                .withReplicas(Service.NOTIFY, 2);
        Platform platform = bed.freshPlatform(setup);
        List<BenchVenue> venues = BenchVenue.many("soak", 10, 40, 4);
        bed.api().publish(venues);
        List<String> days = Live.days(venues);
        Live live = Live.open(bed, watching(bed, days));
        Random random = new Random(bed.effort().seed());
        Requests load = load(venues, random);
        Truth truth = new Truth(bed, "soak");
        int rounds = Math.toIntExact(length.toSeconds() / round.toSeconds());
        long answered = 0;
        double violations = 0;
        try (Chaos chaos = new Chaos(
                platform, setup, live, WATCHERS, new Random(bed.effort().seed()))) {
            for (int i = 0; i < rounds; i++) {
                answered += round(bed, found, load, chaos, i);
                violations += stale(found, live, truth, days);
            }
            chaos.kills().forEach(found::note);
        }
        JsonObject counted = live.count();
        found.add("frames", "", counted.getLong("frames"));
        found.add("connections lost and come back", "", counted.getLong("lost"));
        live.close();
        found.holds("no watcher ends stale", violations);
        found.holds("no watcher sees a version twice or going back", counted.getLong("disorder"));
        found.holds("no booking that was answered 201 is lost", Math.max(0, answered - truth.bookings()));
    }

    private static JsonObject watching(Testbed bed, List<String> days) {
        return new JsonObject()
                .put("ports", new JsonArray().add(bed.balancerPort()))
                .put("count", WATCHERS)
                .put("days", new JsonArray(days))
                .put("reconnects", true);
    }

    /** Bookings, a third of them cancelled some requests later. */
    private static Requests load(List<BenchVenue> venues, Random random) {
        Requests load = new Requests();
        List<String> open = new ArrayList<>();
        for (int i = 0; i < 40_000; i++) {
            if (i % SHARE_CANCELLED == SHARE_CANCELLED - 1) {
                load.act("cancel", "/v1/reservations/{" + recent(open, random) + "}/cancel");
            } else {
                BenchVenue venue = venues.get(random.nextInt(venues.size()));
                String date = venue.dates().get(random.nextInt(venue.days()));
                String time = BenchVenue.TURNS.get(random.nextInt(BenchVenue.TURNS.size()));
                load.book(venue.id(), date, time).put("as", "r" + i);
                open.add("r" + i);
            }
        }
        return load;
    }

    /** One that has just been booked, so that it belongs to the same stretch of load. */
    private static String recent(List<String> open, Random random) {
        return open.remove(open.size() - 1 - random.nextInt(Math.min(RECENT, open.size())));
    }

    /** One stretch of load and failures; returns how many bookings were answered 201. */
    private long round(Testbed bed, Findings found, Requests load, Chaos chaos, int number) throws Exception {
        int count = (int) (RATE * round.toSeconds());
        Requests part = load.part(number * count, count).atRate(RATE);
        bed.beginSending(List.of(bed.balancerPort()), part, Pace.timetable().connections(CONNECTIONS));
        chaos.rage(round);
        HttpOutcome outcome = bed.sent();
        chaos.repair();
        found.add("bookings answered 201", "", outcome.count("book", 201));
        found.add("bookings answered 409", "", outcome.count("book", 409));
        found.add("requests that met a failure", "", outcome.errors());
        return outcome.count("book", 201);
    }

    /** Watchers that are still behind after the time to settle; they are named. */
    private static double stale(Findings found, Live live, Truth truth, List<String> days) throws Exception {
        long from = System.nanoTime();
        long stale = live.stale(truth.versions(days));
        while (stale > 0 && System.nanoTime() - from < SETTLED_WITHIN.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(200);
            stale = live.stale(truth.versions(days));
        }
        found.add("settled after", "s", (System.nanoTime() - from) / 1e9);
        if (stale > 0) {
            found.note(stale + " watchers were behind the database after " + SETTLED_WITHIN.toSeconds() + " s");
        }
        return stale;
    }
}
