package io.lasttable.booking.daybook;

import io.lasttable.booking.Settings;
import io.lasttable.booking.day.VenueBuilder;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxSettings;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import io.lasttable.embedded.EmbeddedDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/**
 * How long opening days takes: a venue with 365 of them, and the nightly roll over 10,000 venues. Its own PostgreSQL, fsync off.
 *
 * <p>{@code ./mvnw -q -pl service-edge,embedded-servers,booking-service test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=io.lasttable.booking.daybook.DayRollBenchmark}
 */
public final class DayRollBenchmark {

    private static final int VENUES = 10_000;
    private static final int ROUNDS = 20;

    private final Pool database;
    private final Reschedule days;
    private final DayRoll roll;

    private DayRollBenchmark(Vertx vertx, EmbeddedDatabase postgres) {
        PgConnectOptions connect = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(postgres.port())
                .setDatabase("booking")
                .setUser("postgres")
                .setPassword("postgres")
                .setCachePreparedStatements(true);
        database = PgBuilder.pool()
                .connectingTo(connect)
                .with(new PoolOptions().setMaxSize(20))
                .using(vertx)
                .build();
        Outbox outbox = new Outbox(Settings.of(OutboxSettings.class));
        days = new Reschedule(outbox, Settings.of(DaybookSettings.class));
        roll = new DayRoll(database, new OpenDays(outbox, days), outbox);
    }

    public static void main(String... arguments) {
        Vertx vertx = Vertx.vertx();
        try (EmbeddedDatabase postgres = EmbeddedDatabase.start()) {
            postgres.createDatabase("booking");
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/booking";
            Flyway.configure()
                    .configuration(java.util.Map.of("flyway.postgresql.transactional.lock", "false"))
                    .dataSource(url, "postgres", "postgres")
                    .load()
                    .migrate();
            new DayRollBenchmark(vertx, postgres).run();
        } finally {
            vertx.closeAndAwait();
        }
    }

    private void run() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        List<Long> published = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Venue venue = venue("whole-year-" + i, 364);
            published.add(millis(
                    database.withTransaction(transaction -> days.publish(transaction, Optional.empty(), venue, now))));
        }
        published.sort(null);
        System.out.printf(
                "publish a venue of 365 days: median %d ms, worst %d ms%n",
                published.get(ROUNDS / 2), published.get(ROUNDS - 1));
        for (int i = 0; i < VENUES; i++) {
            insert(venue("venue-" + i, 2));
        }
        report("open 10,000 venues of 3 days", millis(roll.roll(now)));
        report("a look at 10,000 venues with nothing to do", millis(roll.roll(now)));
        report(
                "the nightly roll of 10,000 venues: one date opened each",
                millis(roll.roll(now.plus(1, ChronoUnit.DAYS))));
        report(
                "the nightly roll of 10,000 venues: one opened, one closed each",
                millis(roll.roll(now.plus(3, ChronoUnit.DAYS))));
    }

    private static void report(String what, long millis) {
        System.out.printf("%s: %d ms%n", what, millis);
    }

    private static <T> long millis(Uni<T> work) {
        long began = System.nanoTime();
        work.await().atMost(Duration.ofMinutes(10));
        return Duration.ofNanos(System.nanoTime() - began).toMillis();
    }

    private void insert(Venue venue) {
        database.preparedQuery("insert into venue values ($1, 1, $2)")
                .execute(Tuple.of(venue.id().value(), new JsonObject(VenueJson.write(venue))))
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    /** 20 tables, dinner every evening in 8 slots. */
    private static Venue venue(String id, int maxDaysAhead) {
        VenueBuilder builder = VenueBuilder.aVenue();
        for (int table = 1; table <= 20; table++) {
            builder.withTable("T" + table, 1, table % 3 == 0 ? 4 : 2);
        }
        JsonObject json = new JsonObject(VenueJson.write(builder.build()))
                .put("venueId", new VenueId(id).value())
                .put(
                        "bookingWindow",
                        new JsonObject().put("maxDaysAhead", maxDaysAhead).put("minNotice", "PT0S"));
        return VenueJson.stored(json.encode());
    }
}
