package io.lasttable.booking.daybook;

import static io.lasttable.booking.day.VenueBuilder.aVenue;
import static io.lasttable.booking.daybook.ReplicaWorld.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.DayPlan;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Receipt;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.daybook.CuttingProxy.Cut;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.Venue;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days of any venues share a transaction, and nothing else: what becomes of one is what would have become of it alone. */
@QuarkusTest
class WritersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final LocalDate DAY =
            LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3);
    private static final int VENUES = 12;

    @Inject
    Vertx vertx;

    @Inject
    DaybookSettings config;

    @Inject
    Receipts receipts;

    @TempDir
    Path directory;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<Venue> venues = IntStream.range(0, VENUES)
            .mapToObj(i -> aVenue("v" + i).withTable("T1", 1, 2).build())
            .toList();
    private ReplicaWorld world;
    private CuttingProxy proxy;
    private ReplicaWorld.Replica replica;
    private DayQueue queue;

    @BeforeEach
    void start() throws Exception {
        world = new ReplicaWorld(directory, vertx, config, receipts);
        proxy = new CuttingProxy(vertx.getDelegate(), world.port());
        replica = world.replicaBehind(proxy);
        venues.forEach(replica::publish);
        queue = new DayQueue(replica.book, new OneWriter(), meters);
    }

    @AfterEach
    void stop() {
        replica.close();
        proxy.close();
        world.close();
    }

    @Test
    void thoseWhoWaitForAWriterShareItsNextTransaction() {
        assertThat(decided(booking("19:00", venues))).hasSize(VENUES).allMatch(each -> each instanceof Accepted);
        assertThat(count("count(distinct xmin::text) from reservation")).isEqualTo(2);
        assertThat(meters.get("lasttable.day.together").summary().max()).isEqualTo(VENUES - 1.0);
        assertThat(count("count(*) from day where version = 2 and date = '" + DAY + "'"))
                .isEqualTo(VENUES);
        assertThat(count("count(*) from occupancy")).isEqualTo(VENUES);
        assertThat(
                        count(
                                "count(*) from outbox o join outbox d on d.key = o.venue_id || '/" + DAY + "'"
                                        + " and d.payload::jsonb ->> 'version' = '2' where o.type = 'io.lasttable.reservation.confirmed'"))
                .isEqualTo(VENUES);
    }

    /** Each text is prepared once for each connection, which remembers 256. */
    @Test
    void daysWithACutOffAndWithoutAreWrittenByTheSameText() {
        LocalDateTime now = LocalDateTime.of(DAY.minusDays(2), LocalTime.NOON);
        Day plain = Day.load(1, new DayPlan(venues.get(0), DAY), List.of(), List.of());
        Venue closing =
                aVenue("closing").withTable("T1", 1, 2).closingAt("17:00").build();
        Day cut = Day.load(1, new DayPlan(closing, DAY), List.of(), List.of());
        Instant at = now.toInstant(ZoneOffset.UTC);
        assertThat(cut.plan().grid().closesNext(at)).isPresent();
        assertThat(DayTable.saveVersion(closing.id(), cut, at).sql())
                .isEqualTo(DayTable.saveVersion(venues.get(0).id(), plain, at).sql());
    }

    @Test
    void whoCannotHaveATableIsToldSoAndTheOthersHaveTheirs() {
        List<Venue> taken = venues.subList(3, 7);
        assertThat(decided(booking("19:00", taken))).hasSize(4);
        List<Decision> answers = decided(booking("19:00", venues));
        for (int i = 0; i < VENUES; i++) {
            assertThat(answers.get(i) instanceof Accepted).isEqualTo(!taken.contains(venues.get(i)));
        }
        assertThat(count("count(*) from reservation")).isEqualTo(VENUES);
    }

    @Test
    void aDayThatSomebodyElseHasLockedHoldsUpNoOther() {
        queue.start(new StartupEvent(), vertx.getDelegate());
        SqlConnection holder = get(replica.database.getConnection());
        var locked = get(holder.query("begin")
                .execute()
                .chain(() -> holder.preparedQuery("select from day where venue_id = $1 and date = $2 for update")
                        .execute(Tuple.of(venues.get(5).id().value(), DAY))));
        assertThat(locked.size()).isEqualTo(1);
        ConcurrentLinkedQueue<String> answered = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 2; round++) {
            String time = round == 0 ? "19:00" : "21:00";
            for (Venue venue : venues) {
                var asking = queue.submit(key(venue, DAY), dinner(time, DAY))
                        .subscribe()
                        .with(
                                decision -> answered.add(
                                        venue.id() + " " + decision.getClass().getSimpleName()),
                                failure -> answered.add(venue.id() + " " + failure));
                assertThat(asking).isNotNull();
            }
            int expected = (round + 1) * (VENUES - 1);
            await().atMost(PATIENCE).until(() -> answered.size() == expected);
        }
        assertThat(answered).allMatch(each -> each.endsWith("Accepted")).noneMatch(each -> each.startsWith("v5 "));
        var released = get(holder.query("commit").execute().chain(holder::close));
        assertThat(released).isNull();
        await().atMost(PATIENCE).until(() -> answered.size() == 2 * VENUES);
        assertThat(answered).filteredOn("v5 Accepted"::equals).hasSize(2);
    }

    @Test
    void whatPostgreSqlWillNotHaveOfOneDayHurtsNoOther() {
        List<Uni<String>> asked = new ArrayList<>();
        for (Venue venue : venues) {
            Guest guest = guest(UUID.randomUUID(), venue.id().value().equals("v5") ? "\0" : "Ada");
            asked.add(queue.submit(key(venue, DAY), dinner("19:00", DAY, guest))
                    .map(decision -> decision.getClass().getSimpleName())
                    .onFailure()
                    .recoverWithItem("failed"));
        }
        List<String> answers = get(Uni.join().all(asked).andFailFast());
        assertThat(answers.get(5)).isEqualTo("failed");
        assertThat(answers).filteredOn("Accepted"::equals).hasSize(VENUES - 1);
        assertThat(count("count(*) from reservation")).isEqualTo(VENUES - 1);
    }

    @Test
    void oneRequestThatIsSentForTwoDaysAtOnceIsGrantedOnce() {
        Receipt receipt = new Receipt(venues.get(1).id(), List.of(new Receipt.Name("one-key", "one-wish")));
        List<Uni<Decision>> asked = new ArrayList<>();
        asked.add(queue.submit(key(venues.get(0), DAY), dinner("19:00", DAY)));
        for (LocalDate date : List.of(DAY, DAY.plusDays(1))) {
            Asked plain = dinner("19:00", date);
            asked.add(queue.submit(
                    key(venues.get(1), date),
                    new Asked(plain.command(), Optional.of(receipt), granted -> "granted", plain.by())));
        }
        List<Decision> answers = get(Uni.join().all(asked).andFailFast());
        assertThat(answers.subList(1, 3))
                .hasAtLeastOneElementOfType(Accepted.class)
                .hasAtLeastOneElementOfType(Decision.Replayed.class);
        assertThat(count("count(*) from reservation where venue_id = 'v1'")).isEqualTo(1);
    }

    @Test
    void oneGuestMayComeOnTwoDaysThatShareATransaction() {
        Guest ada = guest(UUID.randomUUID(), "Ada");
        List<Uni<Decision>> asked = new ArrayList<>();
        for (int days = 0; days < 3; days++) {
            LocalDate date = DAY.plusDays(days);
            asked.add(queue.submit(key(venues.get(0), date), dinner("19:00", date, ada)));
        }
        assertThat(get(Uni.join().all(asked).andFailFast())).allMatch(each -> each instanceof Accepted);
        assertThat(count("count(*) from guest")).isEqualTo(1);
        assertThat(count("count(distinct xmin::text) from reservation")).isEqualTo(2);
    }

    @Test
    void whatIsReadForOneDayIsNotTakenForAnother() {
        for (Venue venue : venues.subList(0, 3)) {
            assertThat(decided(booking("19:00", List.of(venue)))).hasSize(1);
        }
        List<Decision> next = decided(booking("21:00", venues));
        assertThat(next).allMatch(each -> each instanceof Accepted);
        assertThat(count("count(*) from day where version = 3 and date = '" + DAY + "'"))
                .isEqualTo(3);
        Reservations made = new Reservations(next);
        List<Uni<Decision>> cancelled = new ArrayList<>();
        for (int i = 0; i < VENUES; i++) {
            cancelled.add(queue.submit(
                    key(venues.get(i), DAY),
                    Asked.of(new Command.Turn(made.id(i), Status.CANCELLED, OptionalLong.empty()))));
        }
        assertThat(get(Uni.join().all(cancelled).andFailFast())).allMatch(each -> each instanceof Accepted);
        assertThat(count("count(*) from reservation where status = 'cancelled' and version = 2"))
                .isEqualTo(VENUES);
        assertThat(count("count(*) from occupancy")).isEqualTo(3);
        assertThat(count("count(*) from reservation_history")).isEqualTo(VENUES);
    }

    private record Reservations(List<Decision> decisions) {
        UUID id(int at) {
            return ((Accepted) decisions.get(at)).change().after().id();
        }
    }

    @Test
    void aConnectionThatIsLostInTheCommitLeavesNobodyWithAGuess() {
        for (Cut cut : List.of(Cut.BEFORE_THE_COMMIT_ARRIVES, Cut.AFTER_THE_COMMIT_RAN)) {
            double together = meters.get("lasttable.day.together").summary().totalAmount();
            String time = cut == Cut.BEFORE_THE_COMMIT_ARRIVES ? "19:00" : "21:00";
            List<Uni<Decision>> asked = new ArrayList<>(booking(time, venues));
            asked.add(
                    0,
                    Uni.createFrom()
                            .deferred(() -> {
                                proxy.cut(Cut.NEVER);
                                return queue.submit(key(venues.get(0), DAY.plusDays(1)), dinner(time, DAY.plusDays(1)));
                            })
                            .invoke(() -> proxy.cut(cut)));
            assertThat(decided(asked)).allMatch(each -> each instanceof Accepted);
            assertThat(proxy.isArmed()).isFalse();
            assertThat(meters.get("lasttable.day.together").summary().totalAmount() - together)
                    .isEqualTo(VENUES + 1.0);
            assertThat(meters.get("lasttable.day.apart").counter().count())
                    .as(
                            "what was rolled back with its connection is decided one by one, what was committed is not decided again")
                    .isEqualTo(VENUES);
        }
        assertThat(count("count(*) from reservation where date = '" + DAY + "'"))
                .isEqualTo(2L * VENUES);
    }

    @Test
    void whenTheDatabaseFallsSilentEverybodyIsAnsweredAndLaterServed() {
        queue.start(new StartupEvent(), vertx.getDelegate());
        proxy.goSilent();
        List<Uni<String>> asked = booking("19:00", venues).stream()
                .map(each -> each.map(decision -> "decided")
                        .onFailure(Problem.class)
                        .recoverWithItem(problem -> ((Problem) problem).type().name()))
                .toList();
        assertThat(get(Uni.join().all(asked).andFailFast())).containsOnly("OVERLOADED");
        proxy.comeBack();
        for (Venue venue : venues) {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> decided(booking("21:00", List.of(venue))).get(0) instanceof Accepted);
        }
        assertThat(count("count(*) from reservation where time = '19:00'")).isZero();
    }

    private List<Uni<Decision>> booking(String time, List<Venue> at) {
        return at.stream()
                .map(venue -> queue.submit(key(venue, DAY), dinner(time, DAY)))
                .toList();
    }

    private static List<Decision> decided(List<Uni<Decision>> asked) {
        return get(Uni.join().all(asked).andFailFast());
    }

    private long count(String what) {
        return get(replica.database.query("select " + what).execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static DayKey key(Venue venue, LocalDate date) {
        return new DayKey(venue.id(), date);
    }

    private static Guest guest(UUID ref, String name) {
        return new Guest(ref, Optional.of(name), Optional.empty(), Optional.empty());
    }

    private static Asked dinner(String time, LocalDate date) {
        return dinner(time, date, guest(UUID.randomUUID(), "Ada"));
    }

    private static Asked dinner(String time, LocalDate date, Guest guest) {
        return Asked.of(new Command.Book(
                UUID.randomUUID(),
                Wish.of(date, LocalTime.parse(time), 2),
                Optional.of(guest),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static final class OneWriter implements DaybookSettings.Queue {

        @Override
        public int maxWaiting() {
            return 100;
        }

        @Override
        public int maxTotal() {
            return 1_000;
        }

        @Override
        public int writers() {
            return 1;
        }

        @Override
        public int maxDays() {
            return 20;
        }

        @Override
        public int maxBatch() {
            return 100;
        }
    }
}
