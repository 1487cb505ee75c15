package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.day.DayDocument;
import io.lasttable.availability.world.Database;
import io.lasttable.availability.world.DayEvent;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Any order, any duplicates, any cut into batches: what the tables hold is the highest version of each day. */
class ProjectionFoldTest {

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
            @ForAll("histories") List<DayEvent> history,
            @ForAll Random order,
            @ForAll @IntRange(min = 1, max = 12) int batchSize) {
        assertThat(database.execute("TRUNCATE day")).isEmpty();
        for (List<DayEvent> batch : batches(delivered(history, order), batchSize)) {
            project(batch);
        }
        Map<String, String> expected = new HashMap<>();
        for (DayEvent event : newestOf(history).values()) {
            expected.put(event.key(), event.json());
        }
        assertThat(stored()).isEqualTo(expected);
    }

    @Provide
    Arbitrary<List<DayEvent>> histories() {
        Arbitrary<String> venue = Arbitraries.of("a", "b", "c");
        Arbitrary<String> date = Arbitraries.of("2027-03-27", "2027-03-28");
        Arbitrary<Long> version = Arbitraries.longs().between(1, 9);
        return Combinators.combine(venue, date, version)
                .as((v, d, n) -> aDay(v, d).version(n))
                .list()
                .ofMaxSize(40);
    }

    private static List<DayEvent> delivered(List<DayEvent> history, Random order) {
        List<DayEvent> delivered = new ArrayList<>(history);
        for (DayEvent event : history) {
            if (order.nextBoolean()) {
                delivered.add(event);
            }
        }
        Collections.shuffle(delivered, order);
        return delivered;
    }

    private static Map<String, DayEvent> newestOf(List<DayEvent> history) {
        return history.stream()
                .collect(toMap(DayEvent::key, event -> event, (a, b) -> b.version() > a.version() ? b : a));
    }

    private static List<List<DayEvent>> batches(List<DayEvent> events, int size) {
        List<List<DayEvent>> batches = new ArrayList<>();
        for (int from = 0; from < events.size(); from += size) {
            batches.add(events.subList(from, Math.min(events.size(), from + size)));
        }
        return batches;
    }

    private static void project(List<DayEvent> events) {
        Batch batch = new Batch();
        events.forEach(event -> batch.add(new Change.DayState(DayDocument.read(event.json()), event.json())));
        Tables.LIVE.upsertDays(database.pool(), batch.days()).await().indefinitely();
    }

    private static Map<String, String> stored() {
        Map<String, String> stored = new HashMap<>();
        for (Row row : database.execute("SELECT venue_id || '/' || date, document FROM day")) {
            stored.put(row.getString(0), row.getString(1));
        }
        return stored;
    }
}
