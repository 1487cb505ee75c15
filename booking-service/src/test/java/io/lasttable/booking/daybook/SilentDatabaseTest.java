package io.lasttable.booking.daybook;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static io.lasttable.booking.daybook.ReplicaWorld.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Venue;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes silent without closing anything: no wait is without end, and the day comes back with the database. */
@QuarkusTest
class SilentDatabaseTest {

    private static final LocalDate DAY = LocalDate.now(ZoneOffset.UTC).plusDays(2);
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @Inject
    Vertx vertx;

    @Inject
    DaybookSettings config;

    @Inject
    Receipts receipts;

    @TempDir
    Path directory;

    private final Venue venue =
            aVenue().withTable("T1", 1, 2).withTable("T2", 1, 2).build();
    private ReplicaWorld world;
    private CuttingProxy proxy;
    private ReplicaWorld.Replica replica;

    @BeforeEach
    void start() throws Exception {
        world = new ReplicaWorld(directory, vertx, config, receipts);
        proxy = new CuttingProxy(vertx.getDelegate(), world.port());
        replica = world.replicaBehind(proxy);
        replica.publish(venue);
    }

    @AfterEach
    void stop() {
        proxy.close();
        world.close();
    }

    @Test
    void everybodyIsAnsweredAndTheDayIsBookableOnceTheDatabaseIsBack() {
        assertThat(get(replica.queue.ask(day(), dinner("18:30")))).isInstanceOf(Decision.Accepted.class);
        proxy.goSilent();
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        List<Uni<Decision>> asked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            asked.add(replica.queue.ask(day(), dinner("19:00")));
            asked.add(replica.queue.submit(day(), dinner("19:00")));
        }
        asked.forEach(each -> {
            var waiting = each.subscribe()
                    .with(
                            decision -> answers.add(decision.toString()),
                            failure -> answers.add(
                                    failure instanceof Problem problem
                                            ? problem.type().name()
                                            : failure.toString()));
            assertThat(waiting).isNotNull();
        });
        long timer = vertx.getDelegate().setPeriodic(500, tick -> replica.queue.giveUpOnTheLate(System.nanoTime()));
        await().atMost(PATIENCE).until(() -> answers.size() == asked.size());
        assertThat(answers).containsOnly("OVERLOADED");
        assertThat(replica.queue.waiting()).isZero();

        proxy.comeBack();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(replica.queue.submit(day(), dinner("20:30"))) instanceof Decision.Accepted);
        assertThat(vertx.getDelegate().cancelTimer(timer)).isTrue();
    }

    @Test
    void aReplicaThatFreezesInMidTransactionLetsItsDayGo() {
        var frozen = get(replica.database
                .getConnection()
                .call(connection -> new DayTransaction(replica.database, connection).begin())
                .call(connection -> connection
                        .preparedQuery("select from day where venue_id = $1 for update")
                        .execute(io.vertx.mutiny.sqlclient.Tuple.of(venue.id().value()))));
        ReplicaWorld.Replica other = world.replica();
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(other.queue.submit(day(), dinner("20:30"))) instanceof Decision.Accepted);
        assertThat(frozen).isNotNull();
    }

    private DayKey day() {
        return new DayKey(venue.id(), DAY);
    }

    private static Asked dinner(String time) {
        return Asked.of(new Command.Book(
                UUID.randomUUID(),
                Wish.of(DAY, LocalTime.parse(time), 2),
                Optional.of(new Guest(UUID.randomUUID(), Optional.of("Ada"), Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }
}
