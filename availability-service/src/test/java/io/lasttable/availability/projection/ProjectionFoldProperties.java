package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.world.Database;
import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.VenueEvent;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Any order, any duplicates, tombstones in between, any cut into batches, two replicas at once: what the tables hold is the
 * highest version of each venue and day.
 */
class ProjectionFoldProperties {

    private static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static Database database;

    @BeforeContainer
    static void startDatabase() {
        database = new Database();
    }

    @AfterContainer
    static void stopDatabase() {
        database.close();
    }

    @Property(tries = 100)
    void theProjectionEqualsAFoldOfTheEvents(
            @ForAll("days") List<DayEvent> days,
            @ForAll("venues") List<VenueEvent> venues,
            @ForAll Random order,
            @ForAll @IntRange(min = 1, max = 12) int batchSize) {
        assertThat(database.execute("TRUNCATE day, venue")).isEmpty();
        List<ConsumerRecord<byte[], byte[]>> delivered = delivered(days, venues, order);
        int seam = order.nextInt(delivered.size() + 1);
        CompletableFuture<Void> otherReplica =
                CompletableFuture.runAsync(() -> project(delivered.subList(seam, delivered.size()), batchSize));
        project(delivered.subList(0, seam), batchSize);
        otherReplica.join();
        assertThat(stored("SELECT venue_id || '/' || date, document FROM day"))
                .isEqualTo(newest(days, DayEvent::key, DayEvent::version, DayEvent::json));
        assertThat(stored("SELECT venue_id, version || ' ' || city FROM venue"))
                .isEqualTo(newest(
                        venues,
                        VenueEvent::venueId,
                        VenueEvent::version,
                        venue -> venue.version() + " " + venue.city()));
    }

    @Provide
    Arbitrary<List<DayEvent>> days() {
        Arbitrary<String> venue = Arbitraries.of("a", "b", "c");
        Arbitrary<String> date = Arbitraries.of("2027-03-27", "2027-03-28");
        Arbitrary<Long> version = Arbitraries.longs().between(1, 9);
        return Combinators.combine(venue, date, version)
                .as((v, d, n) ->
                        aDay(v, d).version(n).slot("19:00", Instant.parse(d + "T18:00:00Z"), "{\"2\":" + n + "}"))
                .list()
                .ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<VenueEvent>> venues() {
        Arbitrary<String> venue = Arbitraries.of("a", "b");
        Arbitrary<Long> version = Arbitraries.longs().between(1, 5);
        return Combinators.combine(venue, version)
                .as((v, n) -> aVenue(v).version(n).in("City " + n, "Europe/Paris"))
                .list()
                .ofMaxSize(10);
    }

    private static List<ConsumerRecord<byte[], byte[]>> delivered(
            List<DayEvent> days, List<VenueEvent> venues, Random order) {
        List<ConsumerRecord<byte[], byte[]>> delivered = new ArrayList<>();
        for (DayEvent day : days) {
            int times = 1 + order.nextInt(2);
            String topic = Projected.TOPICS.days();
            delivered.addAll(Collections.nCopies(times, Projected.polled(topic, day.key(), day.json())));
            if (order.nextInt(4) == 0) {
                delivered.add(Projected.polled(topic, day.key(), null));
            }
        }
        for (VenueEvent venue : venues) {
            int times = 1 + order.nextInt(2);
            delivered.addAll(Collections.nCopies(
                    times, Projected.polled(Projected.TOPICS.venues(), venue.venueId(), venue.json())));
        }
        Collections.shuffle(delivered, order);
        return delivered;
    }

    private static void project(List<ConsumerRecord<byte[], byte[]>> records, int size) {
        for (int from = 0; from < records.size(); from += size) {
            Batch batch = new Batch(Projected.TOPICS, NOW);
            records.subList(from, Math.min(records.size(), from + size)).forEach(batch::add);
            Void done = Tables.LIVE.upsert(database.pool(), batch).await().indefinitely();
            assertThat(done).isNull();
        }
    }

    private static <T> Map<String, String> newest(
            List<T> events, Function<T, String> key, Function<T, Long> version, Function<T, String> value) {
        Map<String, T> newest = events.stream()
                .collect(toMap(key, event -> event, (a, b) -> version.apply(b) > version.apply(a) ? b : a));
        return newest.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> value.apply(entry.getValue())));
    }

    private static Map<String, String> stored(String query) {
        Map<String, String> stored = new HashMap<>();
        for (Row row : database.execute(query)) {
            stored.put(row.getString(0), row.getString(1));
        }
        return stored;
    }
}
