package io.lasttable.booking.webhook;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.Migrations;
import io.lasttable.embedded.SharedDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A database of a test's own with a changes feed, and as many replicas that deliver from it as a test wants. */
final class DispatchWorld implements AutoCloseable {

    /** Shorter than in production, for the tests' sake. */
    static final Dispatcher.Pace PACE = new Dispatcher.Pace(
            Duration.ofSeconds(3),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(5),
            Duration.ofSeconds(2),
            8,
            50,
            new RetryPlan(Duration.ofMillis(100), Duration.ofMillis(400), Duration.ofSeconds(60), () -> 0.5));

    static final int ATTEMPTS_KEPT = 4;

    private final SharedDatabase postgres = Migrations.database();
    private final Vertx vertx = Vertx.vertx();
    private final List<Dispatcher> running = new ArrayList<>();
    final Pool database;

    DispatchWorld() {
        database = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(postgres.port())
                        .setDatabase(postgres.name())
                        .setUser("postgres")
                        .setPassword("postgres")
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(8))
                .using(vertx)
                .build();
    }

    Dispatcher replica() {
        return replica(PACE);
    }

    /** One process's worth of delivery. */
    Dispatcher replica(Dispatcher.Pace pace) {
        Sender sender = new Sender(
                vertx.getDelegate(),
                new Receivers(true, new Reachable(List.of("127.0.0.0/8"))),
                host -> Uni.createFrom().item(() -> List.of(address(host))),
                pace.timeout());
        String self = UUID.randomUUID().toString();
        Dispatcher replica = new Dispatcher(
                vertx.getDelegate(),
                new Leases(database, self, pace.lease()),
                new Dispatcher.Parts(
                        self,
                        new DeliveryTable(database),
                        new AttemptTable(database, ATTEMPTS_KEPT),
                        new Outgoing(
                                sender,
                                event -> Uni.createFrom().item(Optional.of(new JsonObject().put("guest", "Ada")))),
                        pace,
                        new WebhookMetrics(new SimpleMeterRegistry())));
        replica.start();
        running.add(replica);
        return replica;
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For all types of all venues. */
    UUID webhook(String url) {
        return webhook(url, "maker", null);
    }

    UUID webhook(String url, String maker, String... types) {
        UUID id = UUID.randomUUID();
        sql(
                "insert into webhook (id, maker, url, types, include_guest, status, created_at, version)"
                        + " values ($1, $2, $3, $4, false, 'active', now(), 0)",
                id,
                maker,
                url,
                types == null || types[0] == null ? null : types);
        sql(
                "insert into webhook_secret (id, webhook_id, secret, created_at) values ($1, $2, $3, now())",
                UUID.randomUUID(),
                id,
                SECRET);
        return id;
    }

    static final String SECRET = WebhookSecret.made(UUID.randomUUID(), Instant.now()).secret;

    /** Puts a change into a venue's feed, as the relay does, and says so to these replicas. */
    void change(String venue, String subject, Dispatcher... told) {
        sql("""
                with head as (insert into change_head as h (venue_id, seq) values ($1, 1)
                  on conflict (venue_id) do update set seq = h.seq + 1 returning seq)
                insert into change (venue_id, seq, event_id, type, subject, time, payload)
                select $1, seq, $2, 'io.lasttable.reservation.confirmed', $3, now(), '{"id":"x"}' from head
                """, venue, UUID.randomUUID(), subject);
        for (Dispatcher replica : told) {
            replica.grown(Set.of(venue));
        }
    }

    @CanIgnoreReturnValue
    RowSet<Row> sql(String statement, Object... parameters) {
        return database.preparedQuery(statement)
                .execute(Tuple.tuple(java.util.Arrays.asList(parameters)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    /** So that no test hears of what another did. */
    void clear() {
        sql("delete from webhook");
        sql("delete from change");
        sql("delete from change_head");
    }

    String status(UUID webhook) {
        return sql("select status from webhook where id = $1", webhook)
                .iterator()
                .next()
                .getString(0);
    }

    long waiting(UUID webhook) {
        return sql("select count(*) from webhook_delivery where webhook_id = $1 and status = 'pending'", webhook)
                .iterator()
                .next()
                .getLong(0);
    }

    @Override
    public void close() {
        running.forEach(Dispatcher::kill);
        database.close().await().atMost(Duration.ofSeconds(30));
        vertx.close().await().atMost(Duration.ofSeconds(30));
    }
}
