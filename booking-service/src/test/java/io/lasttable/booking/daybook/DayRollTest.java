package io.lasttable.booking.daybook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;

import io.lasttable.booking.day.VenueBuilder;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueJson;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DayRollTest {

    @Inject
    DayRoll roll;

    @Inject
    OpenDays days;

    @Inject
    Pool database;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void aDateThatComesIntoTheWindowIsOpenedOnce() {
        Venue venue = VenueBuilder.aVenue().withTable("T1", 1, 2).build();
        insert(venue);
        Instant now = Instant.now();
        long days = venue.bookingWindow().maxDaysAhead() + 1L;
        rollUntilOpen(venue, now, days);
        rollUntilOpen(venue, now, days);
        rollUntilOpen(venue, daysAfter(now, 1, venue), days + 1);
    }

    @Test
    void aDateThatIsOverIsClosedOnceAndLeavesKafkaByATombstone() {
        Venue venue = VenueBuilder.aVenue("over").withTable("T1", 1, 2).build();
        insert(venue);
        Instant now = Instant.now();
        rollUntilOpen(venue, now, venue.bookingWindow().maxDaysAhead() + 1L);
        Instant later = daysAfter(now, 4, venue);
        int closed = await(database.withTransaction(transaction -> days.close(transaction, venue, later)));
        assertThat(closed).isEqualTo(2);
        int again = await(database.withTransaction(transaction -> days.close(transaction, venue, later)));
        assertThat(again).isZero();
        String today = "over/" + venue.today(now);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(values(today)).hasSize(2).last().isNull());
    }

    @Test
    void aStayThatNobodyEndedKeepsItsTableNoLongerThanItsDate() {
        Venue venue = VenueBuilder.aVenue("unended").withTable("T1", 1, 2).build();
        insert(venue);
        Instant now = Instant.now();
        rollUntilOpen(venue, now, venue.bookingWindow().maxDaysAhead() + 1L);
        LocalDate today = venue.today(now);
        LocalDate toCome = today.plusDays(20);
        stay(venue, today);
        stay(venue, toCome);
        assertThat(kept(venue)).containsExactly(today, toCome);
        Instant later = daysAfter(now, 4, venue);
        int closed = await(database.withTransaction(transaction -> days.close(transaction, venue, later)));
        assertThat(closed).isEqualTo(2);
        assertThat(kept(venue)).containsExactly(toCome);
    }

    @Test
    void aVenueWhoseZoneNobodyKnowsHoldsUpNoOther() {
        Venue bad = VenueBuilder.aVenue("atlantis").withTable("T1", 1, 2).build();
        Venue good =
                VenueBuilder.aVenue("beside-atlantis").withTable("T1", 1, 2).build();
        Tuple sunken = Tuple.of("atlantis", new JsonObject(VenueJson.write(bad)).put("timeZone", "Atlantic/Atlantis"));
        assertThat(await(database.preparedQuery("insert into venue values ($1, 1, $2)")
                                .execute(sunken))
                        .rowCount())
                .isEqualTo(1);
        insert(good);
        rollUntilOpen(good, Instant.now(), good.bookingWindow().maxDaysAhead() + 1L);
        assertThat(count(bad)).isZero();
        given().get("/v1/venues/atlantis").then().statusCode(500);
        given().get("/v1/venues?limit=200").then().statusCode(200).body("items.venueId", hasItem("atlantis"));
        assertThat(await(database.query("delete from venue where venue_id = 'atlantis'")
                                .execute())
                        .rowCount())
                .isEqualTo(1);
    }

    @Test
    void aDateThatAnOlderReplicaHasOpenedWithoutItsBlockIsMendedByTheNextRoll() {
        Venue venue = VenueBuilder.aVenue("unblocked").withTable("T1", 1, 2).build();
        insert(venue);
        Instant now = Instant.now();
        long all = venue.bookingWindow().maxDaysAhead() + 1L;
        rollUntilOpen(venue, now, all);
        LocalDate first = venue.today(now).plusDays(20);
        Tuple rain = Tuple.of("unblocked", first, first.plusDays(1));
        assertThat(await(database.preparedQuery(
                                        "insert into block (venue_id, id, first_date, last_date, tables, closes)"
                                                + " values ($1, 'rain', $2, $3, '{}', 'starts')")
                                .execute(rain))
                        .rowCount())
                .isEqualTo(1);
        Instant later = daysAfter(now, 1, venue);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            int opened = await(roll.roll(later));
            return opened >= 0 && count(venue) == all + 1 - 2;
        });
        assertThat(await(database.preparedQuery("select date from day where venue_id = $1 and version = 2"
                                + " and blocks -> 0 ->> 'id' = 'rain' order by date")
                        .execute(Tuple.of("unblocked"))))
                .extracting(row -> row.getLocalDate(0))
                .containsExactly(first, first.plusDays(1));
    }

    @Test
    void aDateThatAnOlderReplicaHasOpenedWithoutItsCutoffIsMendedByTheNextRoll() {
        Venue venue = VenueBuilder.aVenue("uncut")
                .withTable("T1", 1, 2)
                .closingAt("16:00")
                .build();
        insert(venue);
        Instant now = Instant.now();
        long all = venue.bookingWindow().maxDaysAhead() + 1L;
        rollUntilOpen(venue, now, all);
        Tuple day = Tuple.of("uncut", venue.today(now).plusDays(20));
        assertThat(await(database.preparedQuery("update day set closes_at = null where venue_id = $1 and date = $2")
                                .execute(day))
                        .rowCount())
                .isEqualTo(1);
        Instant later = daysAfter(now, 1, venue);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            int opened = await(roll.roll(later));
            return opened >= 0
                    && await(database.preparedQuery("select from day where venue_id = $1 and date = $2"
                                                    + " and version = 2 and closes_at is not null")
                                            .execute(day))
                                    .size()
                            == 1;
        });
    }

    /** All records of a day's key, oldest first. */
    private List<String> values(String key) {
        List<String> values = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("lasttable.days.v1").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(key)) {
                        values.add(record.value());
                    }
                });
            }
        }
        return values;
    }

    /** By the venue's calendar: not each of its days has 24 hours. */
    private static Instant daysAfter(Instant now, int days, Venue venue) {
        return now.atZone(venue.timeZone()).plusDays(days).toInstant();
    }

    /** The background roll may be at work on the same venue, which this one then leaves to it. */
    private void rollUntilOpen(Venue venue, Instant now, long days) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            int opened = await(roll.roll(now));
            return opened >= 0 && count(venue) == days;
        });
    }

    private void insert(Venue venue) {
        Tuple row = Tuple.of(venue.id().value(), new JsonObject(VenueJson.write(venue)));
        int inserted = await(database.preparedQuery("insert into venue values ($1, 1, $2)")
                        .execute(row))
                .rowCount();
        assertThat(inserted).isEqualTo(1);
    }

    private long count(Venue venue) {
        return await(database.preparedQuery("select count(*) from day where venue_id = $1 and version = 1")
                        .execute(Tuple.of(venue.id().value())))
                .iterator()
                .next()
                .getLong(0);
    }

    private void stay(Venue venue, LocalDate date) {
        Tuple stay = Tuple.of(venue.id().value(), date);
        int kept = await(database.preparedQuery("""
                        with made as (insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, status, guest_ref,
                          version, day_version)
                        values ($1, gen_random_uuid(), $2, '19:00', $2::date + time '19:00', $2::date + time '21:00', 2, '{T1}', 'confirmed',
                          gen_random_uuid(), 1, 1) returning *)
                        insert into occupancy select venue_id, id, 'T1', tstzrange(starts_at, ends_at) from made
                        """).execute(stay)).rowCount();
        assertThat(kept).isEqualTo(1);
    }

    private List<LocalDate> kept(Venue venue) {
        List<LocalDate> dates = new ArrayList<>();
        await(database.preparedQuery(
                                "select (lower(during) at time zone 'utc')::date from occupancy where venue_id = $1 order by 1")
                        .execute(Tuple.of(venue.id().value())))
                .forEach(row -> dates.add(row.getLocalDate(0)));
        return dates;
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(30));
    }
}
