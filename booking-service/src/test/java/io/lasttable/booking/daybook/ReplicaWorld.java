package io.lasttable.booking.daybook;

import io.lasttable.booking.Migrations;
import io.lasttable.booking.Settings;
import io.lasttable.booking.database.Connections;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.outbox.OutboxSettings;
import io.lasttable.booking.venue.Venue;
import io.lasttable.booking.venue.VenueId;
import io.lasttable.booking.venue.VenueJson;
import io.lasttable.embedded.EmbeddedDatabase;
import io.lasttable.embedded.FreePorts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a test's own, that nobody else sweeps or relays and that can go away, and replicas of the day's shell on it: each
 * with its own pool and memory, as the process that it stands for.
 */
final class ReplicaWorld implements AutoCloseable {

    /** Shorter than in production, for the tests' sake. */
    private static final Duration SILENCE = Duration.ofSeconds(4);

    private static final Duration WAIT = Duration.ofSeconds(2);

    private final Path directory;
    private final int port = FreePorts.next();
    private final Vertx vertx;
    private final DaybookSettings config;
    private final Receipts receipts;
    private EmbeddedDatabase postgres;

    ReplicaWorld(Path directory, Vertx vertx, DaybookSettings config, Receipts receipts) {
        this.directory = directory;
        this.vertx = vertx;
        this.config = config;
        this.receipts = receipts;
        start();
        postgres.createDatabase("booking");
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setPortNumbers(new int[] {port});
        database.setDatabaseName("booking");
        database.setUser("postgres");
        Migrations.run(database);
    }

    private static Outbox outbox() {
        return new Outbox(Settings.of(OutboxSettings.class));
    }

    void start() {
        postgres = EmbeddedDatabase.start(directory, port);
    }

    void stop() {
        postgres.close();
    }

    /** One process's worth of it. */
    final class Replica implements AutoCloseable {

        final Pool database;
        final DayBook book;
        final Ledger ledger;
        final DayQueue queue;
        final Sweep sweep;

        private Replica(int port) {
            database = pool(port);
            Outbox outbox = outbox();
            DayRoll roll = new DayRoll(database, new OpenDays(outbox, new Reschedule(outbox, config)), outbox);
            DayPlans plans = new DayPlans();
            book = new DayBook(database, outbox, plans, roll, receipts, config);
            ledger = new Ledger(database, plans);
            queue = new DayQueue(book, config, new SimpleMeterRegistry());
            sweep = new Sweep(database, book);
        }

        void publish(Venue venue) {
            Instant now = Clock.systemUTC().instant();
            Reschedule days = new Reschedule(outbox(), config);
            var published = get(database.withTransaction(transaction -> transaction
                    .preparedQuery("insert into venue (venue_id, version, document) values ($1, 1, $2)")
                    .execute(Tuple.of(venue.id().value(), new JsonObject(VenueJson.write(venue))))
                    .chain(() -> days.publish(transaction, Optional.empty(), venue, now))));
            assert published == null;
        }

        long count(String from, VenueId venue) {
            return get(database.preparedQuery("select count(*) from " + from + " and venue_id = $1")
                            .execute(Tuple.of(venue.value())))
                    .iterator()
                    .next()
                    .getLong(0);
        }

        @Override
        public void close() {
            var closed = get(database.close());
            assert closed == null;
        }
    }

    Replica replica() {
        return new Replica(port);
    }

    /** One that reaches the database through something that stands in between. */
    Replica replicaBehind(CuttingProxy proxy) {
        return new Replica(proxy.port());
    }

    int port() {
        return port;
    }

    static <T> T get(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(60));
    }

    private Pool pool(int at) {
        PgConnectOptions options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(at)
                .setDatabase("booking")
                .setUser("postgres")
                .setPassword("postgres")
                .setCachePreparedStatements(true);
        return PgBuilder.pool()
                .connectingTo(Connections.limit(options, SILENCE))
                .with(Connections.limit(new PoolOptions().setMaxSize(20), WAIT))
                .using(vertx)
                .build();
    }

    @Override
    public void close() {
        stop();
    }
}
