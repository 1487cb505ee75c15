package io.lasttable.availability.search;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.projection.Projected;
import io.lasttable.availability.world.Database;
import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.VenueEvent;
import io.quarkus.logging.Log;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How PostgreSQL answers a search over 2,000 venues with 10 days each: it never looks at all days. */
class SearchPlanTest {

    private static final LocalDate FIRST = LocalDate.of(2027, 3, 1);
    private static final Instant NOW = Instant.parse("2027-03-01T00:00:00Z");
    private static Database database;

    @BeforeAll
    static void load() {
        database = new Database();
        for (int batch = 0; batch < 20; batch++) {
            List<VenueEvent> venues = new ArrayList<>();
            List<DayEvent> days = new ArrayList<>();
            for (int n = batch * 100; n < (batch + 1) * 100; n++) {
                venues.add(aVenue("v" + n)
                        .at(48 + n % 50 * 0.02, 2 + n / 50 * 0.02)
                        .in("City " + n % 5, "Europe/Paris"));
                String venue = "v" + n;
                FIRST.datesUntil(FIRST.plusDays(10))
                        .map(date -> day(venue, date))
                        .forEach(days::add);
            }
            Projected.into(database, venues, days, NOW);
        }
        assertThat(database.execute("VACUUM ANALYZE")).isEmpty();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void aSearchNearAPlaceWalksOutwardsAndAsksEachVenueByKey() {
        assertThat(plan("near", "48.4,2.4"))
                .contains("venue_position_idx", "day_pkey")
                .doesNotContain("Seq Scan on day", "Seq Scan on venue");
    }

    @Test
    void aSearchInACityAsksItsVenuesByKey() {
        assertThat(plan("city", "City 3"))
                .contains("venue_city_key_idx", "day_pkey")
                .doesNotContain("Seq Scan on day");
    }

    private static String plan(String where, String what) {
        SearchParameters raw = new SearchParameters();
        raw.date = FIRST.plusDays(4).toString();
        raw.time = "19:00";
        raw.partySize = "2";
        raw.near = where.equals("near") ? what : null;
        raw.city = where.equals("city") ? what : null;
        SearchQuery query = SearchQuery.of(SearchRequest.of(raw), Duration.ofHours(3), NOW);
        StringBuilder plan = new StringBuilder();
        for (Row row : database.pool()
                .preparedQuery("EXPLAIN (ANALYZE, COSTS OFF, BUFFERS) " + query.sql())
                .execute(query.values())
                .await()
                .indefinitely()) {
            plan.append(row.getString(0)).append('\n');
        }
        Log.infof("Plan of a search by %s%n%s", where, plan);
        return plan.toString();
    }

    private static DayEvent day(String venue, LocalDate date) {
        DayEvent day = aDay(venue, date.toString());
        Instant six = Instant.parse(date + "T17:00:00Z");
        for (int quarter = 0; quarter < 12; quarter++) {
            String time = "%d:%02d".formatted(18 + quarter / 4, quarter % 4 * 15);
            day = day.slot(time, six.plusSeconds(quarter * 900L), quarter % 3 == 0 ? "{\"2\":1,\"4\":2}" : "{}");
        }
        return day;
    }
}
