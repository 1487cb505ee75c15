package io.lasttable.availability.rebuild;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.availability.world.Publisher;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RebuildTest {

    private static final String DATE = "2099-11-27";
    private static final Instant SEVEN = Instant.parse("2099-11-27T18:00:00Z");
    private static final int VENUES = 20;

    @Inject
    Publisher publisher;

    @Inject
    Pool pool;

    @Inject
    Rebuild rebuild;

    @Inject
    RebuildLease lease;

    private final String prefix = "v-" + UUID.randomUUID() + "-";
    private final String city = "C" + UUID.randomUUID();

    @Test
    void aRowThatIsWrongIsMadeRight() {
        published(1);
        execute("UPDATE day SET version = 99, document = replace(document, '\"version\":1', '\"version\":99')"
                + " WHERE venue_id = '" + venue(0) + "'");
        assertThat(version(venue(0))).isEqualTo(99);
        rebuild.run();
        assertThat(version(venue(0))).isEqualTo(1);
    }

    @Test
    void readersAndTheProjectionGoOnWithoutAWrongOrFailedAnswer() {
        published(1);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<List<String>>> readers = IntStream.range(0, 4)
                .mapToObj(reader -> CompletableFuture.supplyAsync(() -> readUntil(over, reader)))
                .toList();
        CompletableFuture<Long> writer = CompletableFuture.supplyAsync(() -> writeUntil(over));
        for (int round = 0; round < 3; round++) {
            rebuild.run();
        }
        over.set(true);
        long newest = writer.join();
        assertThat(readers).allSatisfy(reader -> assertThat(reader.join()).isEmpty());
        IntStream.range(0, VENUES).forEach(n -> await().until(() -> version(venue(n)) == newest));
    }

    @Test
    void aSecondRebuildIsRefusedWhileOneRunsAndAKilledOneIsSucceededWhenItsLeaseEnds() {
        lease.take("somebody");
        assertThatThrownBy(rebuild::run).isInstanceOf(RebuildRunningException.class);
        execute("UPDATE rebuild_lease SET until = now() - interval '1 second'");
        execute("CREATE SCHEMA IF NOT EXISTS rebuild");
        execute("CREATE TABLE rebuild.day (left_by text)");
        rebuild.run();
        assertThat(pool.query("SELECT 1 FROM rebuild_lease").executeAndAwait()).isEmpty();
    }

    @Test
    void theTablesKeepTheNamesOfTheirIndexes() {
        List<String> before = indexes();
        rebuild.run();
        assertThat(indexes())
                .isEqualTo(before)
                .contains("day_pkey", "day_date_idx", "venue_city_key_idx", "venue_position_idx");
    }

    private List<String> indexes() {
        List<String> names = new ArrayList<>();
        for (Row row : pool.query("SELECT indexname FROM pg_indexes WHERE tablename IN ('day', 'venue') ORDER BY 1")
                .executeAndAwait()) {
            names.add(row.getString(0));
        }
        return names;
    }

    /** What went wrong: an answer that is no success, a version that went back, a venue that a search missed. */
    private List<String> readUntil(AtomicBoolean over, int reader) {
        List<String> wrong = new ArrayList<>();
        long[] seen = new long[VENUES];
        for (int n = reader; !over.get() && wrong.isEmpty(); n++) {
            int place = n % VENUES;
            Response day = get("/v1/venues/" + venue(place) + "/days/" + DATE);
            if (day.statusCode() != 200 || day.<Integer>path("version") < seen[place]) {
                wrong.add(day.statusCode() + " after version " + seen[place] + ": " + day.asString());
            } else {
                seen[place] = day.<Integer>path("version");
            }
            Response search = get("/v1/availability?limit=50&partySize=2&time=19:00&date=" + DATE + "&city=" + city);
            if (search.statusCode() != 200 || search.<List<?>>path("venues").size() != VENUES) {
                wrong.add(search.statusCode() + ": " + search.asString());
            }
        }
        return wrong;
    }

    private long writeUntil(AtomicBoolean over) {
        long version = 1;
        while (!over.get()) {
            version++;
            publish(version);
        }
        return version;
    }

    private void published(long version) {
        IntStream.range(0, VENUES).forEach(n -> publisher.venue(aVenue(venue(n)).in(city, "Europe/Paris")));
        publish(version);
        await().until(() -> management("/q/health/ready").statusCode() == 200);
        IntStream.range(0, VENUES)
                .forEach(n -> await().atMost(Duration.ofSeconds(20)).until(() -> version(venue(n)) == version));
        await().until(() -> get("/v1/availability?limit=50&partySize=2&time=19:00&date=" + DATE + "&city=" + city)
                        .<List<?>>path("venues")
                        .size()
                == VENUES);
    }

    private void publish(long version) {
        IntStream.range(0, VENUES)
                .forEach(n -> publisher.day(
                        aDay(venue(n), DATE).version(version).slot("19:00", SEVEN, "{\"2\":" + version + "}")));
    }

    private long version(String venue) {
        Response answer = get("/v1/venues/" + venue + "/days/" + DATE);
        return answer.statusCode() == 200 ? answer.<Integer>path("version") : -1;
    }

    private String venue(int n) {
        return (prefix + n).substring(2);
    }

    private void execute(String sql) {
        assertThat(pool.query(sql).executeAndAwait()).isNotNull();
    }
}
