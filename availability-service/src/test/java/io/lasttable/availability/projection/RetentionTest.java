package io.lasttable.availability.projection;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.lasttable.availability.world.Database;
import io.lasttable.availability.world.DayEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RetentionTest {

    /** Still 27 November on Midway, 28 November in Paris, already 29 November in Kiritimati. */
    private static final Instant NOW = Instant.parse("2027-11-28T10:30:00Z");

    private static Database database;

    @BeforeAll
    static void start() {
        database = new Database();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void daysBeforeTheVenuesOwnYesterdayAreRemoved() {
        Instant longAgo = NOW.minusSeconds(30 * 86_400);
        for (String zone : List.of("Pacific/Midway", "Europe/Paris", "Pacific/Kiritimati")) {
            String venue = zone.substring(zone.indexOf('/') + 1).toLowerCase(Locale.ROOT);
            Projected.into(database, List.of(aVenue(venue).in("Town", zone)), daysOf(venue), longAgo);
        }
        Projected.into(database, List.of(), daysOf("unpublished"), longAgo);
        int removed = new Retention(database.pool(), settings(), Clock.fixed(NOW, ZoneOffset.UTC))
                .sweep()
                .await()
                .indefinitely();
        assertThat(oldest("midway")).isEqualTo("2027-11-26");
        assertThat(oldest("paris")).isEqualTo("2027-11-27");
        assertThat(oldest("kiritimati")).isEqualTo("2027-11-28");
        assertThat(oldest("unpublished")).isEqualTo("2027-11-26");
        assertThat(removed).isEqualTo(4 * 6 - left());
    }

    @Test
    void aDayThatIsOverEverywhereIsNotProjectedAgain() {
        Projected.into(
                database, List.of(), List.of(aDay("replayed", "2027-11-25"), aDay("replayed", "2027-11-26")), NOW);
        assertThat(oldest("replayed")).isEqualTo("2027-11-26");
    }

    @Test
    void aZoneThatThisJdkDoesNotKnowKeepsNoOtherVenuesDays() {
        Instant longAgo = Instant.parse("2027-11-01T00:00:00Z");
        Projected.into(
                database, List.of(aVenue("mars").in("X", "Europe/Paris"), aVenue("lyon")), daysOf("mars"), longAgo);
        Projected.into(database, List.of(), daysOf("lyon"), longAgo);
        assertThat(database.execute("UPDATE venue SET time_zone = 'Mars/Olympus' WHERE venue_id = 'mars'"))
                .isEmpty();

        assertThat(new Retention(database.pool(), settings(), Clock.fixed(NOW, ZoneOffset.UTC))
                        .sweep()
                        .await()
                        .indefinitely())
                .isPositive();

        assertThat(oldest("lyon")).isEqualTo("2027-11-27");
        assertThat(oldest("mars")).isEqualTo("2027-11-26");
        assertThat(database.execute("DELETE FROM day WHERE venue_id IN ('mars', 'lyon')"))
                .isEmpty();
        assertThat(database.execute("DELETE FROM venue WHERE venue_id IN ('mars', 'lyon')"))
                .isEmpty();
    }

    private static List<DayEvent> daysOf(String venue) {
        return LocalDate.of(2027, 11, 24)
                .datesUntil(LocalDate.of(2027, 11, 30))
                .map(date -> aDay(venue, date.toString()))
                .toList();
    }

    private static String oldest(String venue) {
        for (Row row : database.execute("SELECT min(date)::text FROM day WHERE venue_id = '" + venue + "'")) {
            return row.getString(0);
        }
        return null;
    }

    private static int left() {
        return (int) StreamSupport.stream(
                        database.execute("SELECT 1 FROM day WHERE venue_id <> 'replayed'")
                                .spliterator(),
                        false)
                .count();
    }

    /** Two at a time, so that the sweep takes several statements. */
    private static AvailabilitySettings settings() {
        return new SmallRyeConfigBuilder()
                .withMapping(AvailabilitySettings.class)
                .withDefaultValue("lasttable.retention.batch", "2")
                .build()
                .getConfigMapping(AvailabilitySettings.class);
    }
}
