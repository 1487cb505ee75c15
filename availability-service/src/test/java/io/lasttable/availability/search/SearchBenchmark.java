package io.lasttable.availability.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.dataset.Dataset;
import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.projection.Loading;
import io.lasttable.availability.world.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Day read and search inside the service, HTTP left out, over 100, 1,000 and 10,000 venues with 90 days each: a closed
 * loop of two readers. No part of the suite; its command is in docs/availability-api.md. {@code -DargLine=-Dplan=true} prints
 * the plans of the searches too.
 */
class SearchBenchmark {

    private static final LocalDate FIRST = LocalDate.of(2027, 3, 1);
    private static final Instant NOW = FIRST.atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final int DAYS = 90;
    private static final int READERS = Integer.getInteger("readers", 2);
    private static final int READS = 2_000;
    private static final List<String> TIMES = List.of("12:30", "18:30", "19:00", "20:00", "21:45");
    private static final List<String> CITIES = List.of("New York", "London", "Paris", "Tokyo", "Berlin");
    private static final List<String> PLACES =
            List.of("40.7306,-73.9866", "51.5136,-0.1365", "48.8606,2.3376", "35.67,139.75", "52.52,13.40");

    private Database database;
    private Search search;

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void measureOver(int venues) {
        try (Database opened = new Database()) {
            database = opened;
            search = new Search(database.pool(), Duration.ofHours(3));
            long started = System.nanoTime();
            Loading.load(database, Dataset.of(venues, 42), FIRST, DAYS);
            System.out.printf("%n%,d venues x %d days, loaded in %d s%n", venues, DAYS, seconds(started));
            assertThat(database.execute("VACUUM ANALYZE")).isEmpty();
            measure(venues, Boolean.getBoolean("plan"));
        }
    }

    private void measure(int venues, boolean plan) {
        report("day read", random -> day("venue-" + random.nextInt(venues)));
        report("search near, 10 km, 20", random -> find(request(random, PLACES.get(random.nextInt(5)), null, null)));
        report("search near + cuisine", random -> find(request(random, PLACES.get(random.nextInt(5)), null, "thai")));
        report("search city, 20", random -> find(request(random, null, CITIES.get(random.nextInt(5)), null)));
        report("search city + cuisine", random -> find(request(random, null, CITIES.get(random.nextInt(5)), "thai")));
        if (plan) {
            explain(request(new Random(1), PLACES.get(0), null, null));
            explain(request(new Random(1), null, CITIES.get(0), null));
        }
    }

    private void report(String name, Function<Random, Uni<?>> read) {
        double[] warm = run(read);
        long started = System.nanoTime();
        double[] millis = run(read);
        double perSecond = millis.length * 1e9 / (System.nanoTime() - started);
        Arrays.sort(millis);
        System.out.printf(
                "%-24s p50 %7.2f  p99 %7.2f ms  %,7.0f/s  (%d warm-up reads)%n",
                name, millis[millis.length / 2], millis[millis.length * 99 / 100], perSecond, warm.length);
    }

    private static double[] run(Function<Random, Uni<?>> read) {
        return IntStream.range(0, READERS)
                .parallel()
                .mapToObj(Random::new)
                .flatMapToDouble(random -> IntStream.range(0, READS / READERS).mapToDouble(n -> once(read, random)))
                .toArray();
    }

    private static double once(Function<Random, Uni<?>> read, Random random) {
        long started = System.nanoTime();
        Object answer = read.apply(random).await().indefinitely();
        return answer == null ? Double.NaN : (System.nanoTime() - started) / 1e6;
    }

    private Uni<?> day(String venueId) {
        return database.pool()
                .preparedQuery("SELECT version, document FROM day WHERE venue_id = $1 AND date = $2")
                .execute(Tuple.of(venueId, FIRST.plusDays(30)))
                .map(rows -> DayDocument.read(rows.iterator().next().getString(1)));
    }

    private Uni<?> find(SearchRequest request) {
        return search.find(request, NOW, false);
    }

    private static SearchRequest request(Random random, String near, String city, String cuisine) {
        SearchParameters raw = new SearchParameters();
        raw.date = FIRST.plusDays(1 + random.nextInt(DAYS - 2)).toString();
        raw.time = TIMES.get(random.nextInt(TIMES.size()));
        raw.partySize = Integer.toString(1 + random.nextInt(8));
        raw.near = near;
        raw.city = city;
        raw.cuisine = cuisine;
        return SearchRequest.of(raw);
    }

    private void explain(SearchRequest request) {
        SearchQuery query = SearchQuery.of(request, Duration.ofHours(3), NOW);
        var rows = database.pool()
                .preparedQuery("EXPLAIN (ANALYZE, BUFFERS) " + query.sql())
                .execute(query.values())
                .await()
                .indefinitely();
        for (Row row : rows) {
            System.out.println(row.getString(0));
        }
    }

    private static long seconds(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toSeconds();
    }
}
