package io.lasttable.booking.daybook;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.Settings;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.DayStep;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.day.Rules;
import io.lasttable.booking.day.VenueBuilder;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxSettings;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueJson;
import io.lasttable.embedded.EmbeddedDatabase;
import io.smallrye.mutiny.Uni;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.flywaydb.core.Flyway;

/**
 * For how long a schedule change of a big venue holds its days, and for how long at a stretch it keeps the event loop; and how
 * long an import of one date takes to decide. Its own PostgreSQL, fsync off, one event loop.
 *
 * <p>{@code ./mvnw -q -pl service-edge,embedded-servers,booking-service test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=io.lasttable.booking.daybook.HeavyStepsBenchmark}
 */
public final class HeavyStepsBenchmark {

    private static final int ROUNDS = 6;
    private static final String RESERVATIONS = """
            insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, status, version, day_version)
            select 'big', gen_random_uuid(), d, '19:00', d + time '19:00', d + time '20:30', 2, array['T' || t], 'confirmed', 1, 1
            from generate_series(0, 364) n, lateral (select current_date + n as d) day, generate_series(1, 60) t
            """;

    private final Vertx vertx;
    private final Pool database;
    private final Reschedule days;
    private final AtomicLong longest = new AtomicLong();
    private long lastTick;

    private HeavyStepsBenchmark(Vertx vertx, EmbeddedDatabase postgres) {
        this.vertx = vertx;
        database = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(postgres.port())
                        .setDatabase("booking")
                        .setUser("postgres")
                        .setPassword("postgres")
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(4))
                .using(vertx)
                .build();
        days = new Reschedule(new Outbox(Settings.of(OutboxSettings.class)), Settings.of(DaybookSettings.class));
    }

    public static void main(String... arguments) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try (EmbeddedDatabase postgres = EmbeddedDatabase.start()) {
            postgres.createDatabase("booking");
            String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/booking";
            Flyway.configure()
                    .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                    .dataSource(url, "postgres", "postgres")
                    .load()
                    .migrate();
            new HeavyStepsBenchmark(vertx, postgres).run();
        } finally {
            vertx.closeAndAwait();
        }
        anImport(1_000);
        anImport(20_000);
    }

    private void run() {
        watchTheLoop();
        Venue venue = venue(100);
        insert(venue);
        change("a year opened", Optional.empty(), venue);
        get(database.query(RESERVATIONS).execute());
        for (int round = 0; round < ROUNDS; round++) {
            change("a table more, 365 days and 21,900 reservations", Optional.of(venue), venue(101));
            change("another name", Optional.of(venue), renamed(venue, "Chez Vous"));
        }
    }

    private void change(String what, Optional<Venue> before, Venue after) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        longest.set(0);
        long began = System.nanoTime();
        get(database.withTransaction(transaction -> days.publish(transaction, before, after, now)));
        System.out.printf(
                "%s: days locked for %d ms, event loop at most %d ms at a stretch%n",
                what, millis(System.nanoTime() - began), millis(longest.get()));
    }

    /** A tick a millisecond: what lies between two is what else the loop did. */
    private void watchTheLoop() {
        lastTick = System.nanoTime();
        long timer = vertx.getDelegate().setPeriodic(1, tick -> {
            long now = System.nanoTime();
            longest.accumulateAndGet(now - lastTick, Math::max);
            lastTick = now;
        });
        if (timer < 0) {
            throw new IllegalStateException("No timer");
        }
    }

    private static void anImport(int lines) {
        Venue venue = venue(500);
        LocalDate date = LocalDate.now(venue.timeZone()).plusDays(3);
        Day day = Day.load(1, new DayPlan(venue, date), List.of(), List.of());
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            Wish wish = new Wish(
                    date, LocalTime.of(18, 30).plusMinutes(30L * (i % 8)), 2, Optional.empty(), List.of(), false);
            Guest guest = new Guest(UUID.randomUUID(), Optional.of("Ada"), Optional.empty(), Optional.empty());
            requests.add(new Request(
                    new Command.Book(
                            UUID.randomUUID(),
                            wish,
                            Optional.of(guest),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()),
                    Optional.empty()));
        }
        for (int round = 0; round < 3; round++) {
            long began = System.nanoTime();
            DayStep step = DayStep.of(
                    new TreeMap<>(Map.of(date, day)),
                    requests,
                    Map.of(),
                    new Rules(Duration.ofMinutes(15), 500, Duration.ofHours(1), Duration.ZERO),
                    Instant.now());
            System.out.printf(
                    "%d lines of a date decided in %d ms, %d in%n",
                    lines,
                    millis(System.nanoTime() - began),
                    step.changedReservations().size());
        }
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    @CanIgnoreReturnValue
    private static <T> T get(Uni<T> work) {
        return work.await().atMost(Duration.ofMinutes(5));
    }

    private void insert(Venue venue) {
        var inserted = get(database.preparedQuery("insert into venue values ($1, 1, $2)")
                .execute(Tuple.of(venue.id().value(), new JsonObject(VenueJson.write(venue)))));
        assert inserted != null;
    }

    /** Tables for two and four, seatings each quarter of an hour from noon to ten. */
    private static Venue venue(int tables) {
        VenueBuilder builder = VenueBuilder.aVenue("big").seating("12:00", "22:00", 15);
        for (int table = 1; table <= tables; table++) {
            builder.withTable("T" + table, 1, table % 3 == 0 ? 4 : 2);
        }
        return builder.build();
    }

    private static Venue renamed(Venue venue, String name) {
        return VenueJson.stored(
                new JsonObject(VenueJson.write(venue)).put("name", name).encode());
    }
}
