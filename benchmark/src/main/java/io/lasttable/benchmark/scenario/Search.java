package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.bed.HttpOutcome;
import io.lasttable.benchmark.bed.Pace;
import io.lasttable.benchmark.bed.Requests;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.dataset.City;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Where is a table tonight. */
public final class Search implements Scenario {

    private static final double RATE = 30;
    private static final List<String> TIMES = List.of("12:30", "18:30", "19:00", "20:00", "21:45");

    @Override
    public String name() {
        return "search";
    }

    @Override
    public String question() {
        return "How long a search over 10,000 venues takes at 30 searches/s on a timetable: half near a point within 5 km, half"
                + " in a city with a cuisine; and how that grows from 100 venues.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Effort effort = bed.effort();
        List<Integer> sizes = effort.quick() ? List.of(50) : List.of(100, 1_000, 10_000);
        for (int venues : sizes) {
            bed.freshPlatform(bed.standard());
            World world = World.load(bed, venues);
            HttpOutcome warm = search(bed, world, effort.size(600, 20), 0);
            assert warm.seconds() > 0;
            for (int round = 1; round <= effort.rounds(); round++) {
                HttpOutcome answers = search(bed, world, effort.size(450, 30), round);
                found.point("search", "venues", "p99, ms", venues, answers.latency("search", "p99"));
                if (venues == sizes.get(sizes.size() - 1)) {
                    answers.addTo(found, "search", "search");
                    found.add("answers other than 200", "", answers.size("search") - answers.count("search", 200));
                }
            }
        }
        found.atMost("search p99", 50);
        found.holds("every search is answered 200", found.total("answers other than 200"));
    }

    private static HttpOutcome search(Testbed bed, World world, int count, int round) throws Exception {
        Random random = new Random(bed.effort().seed() + round);
        Requests requests = new Requests();
        for (int i = 0; i < count; i++) {
            String what = "/v1/availability?date=" + World.anyDate(random) + "&time="
                    + TIMES.get(random.nextInt(TIMES.size())) + "&partySize=" + (1 + random.nextInt(6));
            JsonObject added = requests.get("search", what + where(world, random));
            assert added != null;
        }
        return bed.send(Service.AVAILABILITY, requests.atRate(RATE), Pace.timetable());
    }

    private static String where(World world, Random random) {
        var restaurant = world.any(random);
        if (random.nextBoolean()) {
            return String.format(Locale.ROOT, "&near=%.4f,%.4f&radiusKm=5", restaurant.lat(), restaurant.lon());
        }
        City city = restaurant.city();
        return "&city=" + URLEncoder.encode(city.name(), StandardCharsets.UTF_8) + "&cuisine=" + restaurant.cuisine();
    }
}
