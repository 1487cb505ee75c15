package io.lasttable.booking.daybook;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static io.lasttable.booking.daybook.ReplicaWorld.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Reservation;
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
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replicas come and go, and so does their database: what was promised stays. */
@QuarkusTest
class ReplicasTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final LocalDate DAY =
            LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3);
    private static final int CROWD = 4;

    @Inject
    Vertx vertx;

    @Inject
    DaybookSettings config;

    @Inject
    Receipts receipts;

    @TempDir
    Path directory;

    private final Set<UUID> won = ConcurrentHashMap.newKeySet();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private ReplicaWorld world;

    @BeforeEach
    void start() {
        world = new ReplicaWorld(directory, vertx, config, receipts);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void aHoldOfAReplicaThatIsGoneRunsOutOnceHoweverManyOthersLook() {
        Venue venue = aVenue("holds").withTable("T1", 1, 2).build();
        try (ReplicaWorld.Replica made = world.replica()) {
            made.publish(venue);
            assertThat(get(made.queue.ask(key(venue), book("19:00", Optional.of(Duration.ofSeconds(1))))))
                    .isInstanceOf(Accepted.class);
            assertThat(made.count("reservation where status = 'held'", venue.id()))
                    .isEqualTo(1);
        }
        try (ReplicaWorld.Replica restarted = world.replica();
                ReplicaWorld.Replica other = world.replica()) {
            await().atMost(PATIENCE).until(() -> {
                assertThat(get(Uni.join()
                                .all(restarted.sweep.sweep(), other.sweep.sweep())
                                .andFailFast()))
                        .hasSize(2);
                return other.count("reservation where status = 'expired'", venue.id()) == 1;
            });
            assertThat(other.count("occupancy where true", venue.id())).isZero();
            assertThat(other.count("outbox where type = 'io.lasttable.reservation.expired'", venue.id()))
                    .isEqualTo(1);
            assertThat(other.count("day where version = 3", venue.id())).isEqualTo(1);
            assertThat(get(restarted.sweep.sweep())).isZero();
        }
    }

    @Test
    void aDayThatCannotBeClearedHoldsUpNoOther() {
        Venue broken = aVenue("broken").withTable("T1", 1, 2).build();
        Venue whole = aVenue("whole").withTable("T1", 1, 2).build();
        try (ReplicaWorld.Replica replica = world.replica();
                ReplicaWorld.Replica fresh = world.replica()) {
            for (Venue venue : List.of(broken, whole)) {
                replica.publish(venue);
                assertThat(get(replica.queue.ask(key(venue), book("19:00", Optional.of(Duration.ofSeconds(1))))))
                        .isInstanceOf(Accepted.class);
            }
            int spoilt = get(replica.database
                            .query("update venue set document = jsonb_set(document, '{timeZone}', '\"Nowhere/Land\"')"
                                    + " where venue_id = 'broken'")
                            .execute())
                    .rowCount();
            assertThat(spoilt).isEqualTo(1);
            await().atMost(PATIENCE).until(() -> {
                long looked = get(fresh.sweep.sweep());
                return looked >= 0 && fresh.count("reservation where status = 'expired'", whole.id()) == 1;
            });
            assertThat(fresh.count("reservation where status = 'held'", broken.id()))
                    .isEqualTo(1);
        }
    }

    @Test
    void anOutageOfTheDatabaseIsAnsweredWith503AndNothingIsLostOrGivenTwice() {
        Venue venue =
                aVenue("outage").withTable("T1", 1, 2).withTable("T2", 1, 2).build();
        try (ReplicaWorld.Replica replica = world.replica()) {
            replica.publish(venue);
            crowd(replica, venue, "19:00");
            world.stop();
            crowd(replica, venue, "19:00", "20:30", "22:00");
            await().atMost(PATIENCE).until(() -> refused.size() >= CROWD);
            world.start();
            await().atMost(PATIENCE).until(() -> answered.get() == asked.get() && isFull(replica, venue));
            assertThat(refused).containsOnly("OVERLOADED");
            List<Reservation> stored = reservations(replica, venue);
            assertThat(stored)
                    .extracting(reservation -> reservation.tables() + " " + reservation.time())
                    .hasSize(6)
                    .doesNotHaveDuplicates();
            assertThat(stored).extracting(Reservation::id).containsAll(won);
        }
    }

    /** Asks until every table of every start has gone. */
    private boolean isFull(ReplicaWorld.Replica replica, Venue venue) {
        if (reservations(replica, venue).size() == 6) {
            return true;
        }
        crowd(replica, venue, "19:00", "20:30", "22:00");
        return false;
    }

    /** More for each start than there are tables, all at once. */
    private void crowd(ReplicaWorld.Replica replica, Venue venue, String... times) {
        for (String time : times) {
            for (int i = 0; i < CROWD; i++) {
                asked.incrementAndGet();
                var asking = replica.queue
                        .ask(key(venue), book(time, Optional.empty()))
                        .onTermination()
                        .invoke(answered::incrementAndGet)
                        .subscribe()
                        .with(this::decided, this::failed);
                assert asking != null;
            }
        }
    }

    private void decided(Decision decision) {
        if (decision instanceof Accepted accepted) {
            won.add(accepted.change().after().id());
        }
    }

    private void failed(Throwable failure) {
        refused.add(failure instanceof Problem problem ? problem.type().name() : failure.toString());
    }

    private static List<Reservation> reservations(ReplicaWorld.Replica replica, Venue venue) {
        ReservationSearch.Place place = ReservationSearch.Place.before(DAY);
        var found = get(replica.ledger.find(
                new ReservationSearch(venue.id(), new ReservationSearch.By.Dates(), Set.of(), DAY, place, 100)));
        return found.stream().map(Found::reservation).toList();
    }

    private static DayKey key(Venue venue) {
        return new DayKey(venue.id(), DAY);
    }

    private static Asked book(String time, Optional<Duration> hold) {
        return Asked.of(new Command.Book(
                UUID.randomUUID(),
                Wish.of(DAY, LocalTime.parse(time), 2),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                hold));
    }
}
