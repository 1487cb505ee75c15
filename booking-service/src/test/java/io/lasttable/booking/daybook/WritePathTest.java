package io.lasttable.booking.daybook;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.Management.management;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import io.lasttable.booking.AsStaff;
import io.lasttable.booking.BookingWorld;
import io.lasttable.booking.database.Write;
import io.lasttable.booking.day.Actor;
import io.lasttable.booking.day.Cause;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.DayDocument;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Decision.Accepted;
import io.lasttable.booking.day.Guest;
import io.lasttable.booking.day.Origin;
import io.lasttable.booking.day.Placement;
import io.lasttable.booking.day.Refusal;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.ReservationChange;
import io.lasttable.booking.day.ReservationDraft;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.venue.VenueId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class WritePathTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Pool database;

    @Inject
    DayBook dayBook;

    @Inject
    DayQueue queue;

    @Inject
    Outbox outbox;

    @Inject
    DayPlans plans;

    @Inject
    DayRoll roll;

    @Inject
    Receipts receipts;

    @Inject
    DaybookSettings config;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "quarkus.datasource.reactive.url")
    String url;

    @Test
    void sixteenClientsRacingForTablesBesideTheLockNeverDeadlock() {
        VenueId venue = new VenueId("beside-the-lock");
        Pool sixteen = pool(port(), 16);
        for (int round = 0; round < 15; round++) {
            int at = round;
            List<String> outcomes = get(Uni.join()
                    .all(IntStream.range(0, 16)
                            .mapToObj(client -> occupy(sixteen, venue, at))
                            .toList())
                    .andFailFast());
            assertThat(outcomes).filteredOn("won"::equals).hasSize(1);
            assertThat(outcomes).filteredOn(OccupancyTable.TABLES_TAKEN::equals).hasSize(15);
        }
    }

    @Test
    void whoWritesIntoAHoldLastDoesNotKeepTheLinksThatAnotherOneHasEnded() {
        VenueId venue = new VenueId("ending-links");
        Actor maker = new Actor(Actor.Kind.CLIENT, Optional.of("widget"));
        Actor staff = new Actor(Actor.Kind.STAFF, Optional.of("ada"));
        Reservation hold = noted(new ReservationDraft(venue, UUID.randomUUID()), 1, Optional.empty());
        Reservation byStaff = noted(new ReservationDraft(venue, hold.id()), 2, Optional.of("Zoe's"));
        Reservation byMaker = noted(new ReservationDraft(venue, hold.id()), 3, Optional.of("quiet"));
        JsonObject made = new JsonObject().put("actor", "client").put("actorId", "widget");
        send(ReservationTable.save(List.of(ReservationTable.row(hold, made))));
        send(ReservationTable.endLinks(venue, List.of(noted(hold, byMaker, maker))));
        assertThat(linksFrom(hold)).isNull();
        send(ReservationTable.endLinks(venue, List.of(noted(hold, byStaff, staff), noted(byStaff, byMaker, maker))));
        assertThat(linksFrom(hold)).isEqualTo(2);
    }

    private static Reservation noted(ReservationDraft draft, long version, Optional<String> note) {
        Instant from = Instant.parse("2027-01-01T18:00:00Z");
        return draft.on(LocalDate.of(2027, 1, 1), LocalTime.of(19, 0))
                .placed(new Placement(List.of("T1"), from, from.plusSeconds(7_200), Optional.empty()))
                .forParty(2)
                .status(Status.CANCELLED)
                .note(note)
                .versions(version, version)
                .done();
    }

    private static ReservationChange noted(Reservation before, Reservation after, Actor by) {
        Origin origin = new Origin(by, Cause.CHANGED, List.of(), Optional.empty());
        return new ReservationChange(ReservationChange.Kind.CHANGED, Optional.of(before), after, Optional.of(origin));
    }

    private void send(Write write) {
        Object done = get(write.send(database));
        assertThat(done).isNull();
    }

    private Long linksFrom(Reservation of) {
        return get(database.preparedQuery("select links_from from reservation where id = $1")
                        .execute(Tuple.of(of.id())))
                .iterator()
                .next()
                .getLong(0);
    }

    /** A transaction that writes beside the lock, for two tables at once: the SQL state it ended with, or {@code won}. */
    private static Uni<String> occupy(Pool pool, VenueId venue, int round) {
        Instant from = Instant.parse("2027-01-01T18:00:00Z").plus(Duration.ofDays(round));
        Instant until = from.plus(Duration.ofHours(2));
        Reservation reservation = new ReservationDraft(venue, UUID.randomUUID())
                .on(LocalDate.of(2027, 1, 1), LocalTime.of(19, 0))
                .placed(new Placement(List.of("T1", "T2"), from, until, Optional.empty()))
                .forParty(2)
                .status(Status.CONFIRMED)
                .done();
        List<Write> writes = List.of(
                ReservationTable.save(List.of(ReservationTable.row(reservation, null))),
                OccupancyTable.occupy(List.of(reservation)).orElseThrow());
        return pool.withTransaction(transaction -> Write.joined(writes).send(transaction))
                .replaceWith("won")
                .onFailure(PgException.class)
                .recoverWithItem(failure -> ((PgException) failure).getSqlState());
    }

    /** Vert.x keeps none of 2,048 characters or more unless it is told to. */
    @Test
    void aLongStatementIsPreparedOnceAConnection() {
        String sql = "update day set version = $2 where venue_id = $1" + " ".repeat(3000);
        Write joined = Write.joined(List.of(Write.of(sql, "nowhere", 1L)));
        long kept = get(database.withConnection(connection -> joined.send(connection)
                .chain(() -> joined.send(connection))
                .chain(() -> connection
                        .query("select count(*) from pg_prepared_statements where statement like '%" + " ".repeat(3000)
                                + "%'")
                        .execute())
                .map(rows -> rows.iterator().next().getLong(0))));
        assertThat(kept).isEqualTo(1);
    }

    @Test
    void aCommitThatRanBehindALostConnectionIsAnsweredAsWhatItIs() throws Exception {
        publish("lost-after", "T1");
        assertThat(decideThrough(CuttingProxy.Cut.AFTER_THE_COMMIT_RAN, "lost-after"))
                .isInstanceOf(Accepted.class);
        assertThat(count("lost-after")).isEqualTo(1);
        assertThat(version("lost-after")).isEqualTo(2);
    }

    @Test
    void aCommitThatNeverArrivedIsTriedAgainAndDoneOnce() throws Exception {
        publish("lost-before", "T1");
        assertThat(decideThrough(CuttingProxy.Cut.BEFORE_THE_COMMIT_ARRIVES, "lost-before"))
                .isInstanceOf(Accepted.class);
        assertThat(count("lost-before")).isEqualTo(1);
        assertThat(version("lost-before")).isEqualTo(2);
    }

    private Decision decideThrough(CuttingProxy.Cut cut, String venue) throws Exception {
        try (CuttingProxy proxy = new CuttingProxy(vertx.getDelegate(), port())) {
            Pool cuttable = pool(proxy.port(), 2);
            DayBook book = new DayBook(cuttable, outbox, plans, roll, receipts, config);
            proxy.cut(cut);
            return get(book.decide(new Group(DayKey.only(key(venue)), List.of(Asked.of(dinner("19:00", ""))))))
                    .get(0);
        }
    }

    @Test
    void whatTheDatabaseWillNotHaveFailsAloneInItsGroup() {
        publish("poison", IntStream.range(0, 12).mapToObj(i -> "T" + i).toArray(String[]::new));
        ConcurrentLinkedQueue<String> outcomes = new ConcurrentLinkedQueue<>();
        List<Uni<String>> asked = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Command command = dinner("19:00", i == 6 ? "\0" : "");
            asked.add(queue.submit(key("poison"), Asked.of(command))
                    .map(decision -> decision.getClass().getSimpleName())
                    .onFailure()
                    .recoverWithItem("failed")
                    .invoke(outcomes::add));
        }
        List<String> answers = get(Uni.join().all(asked).andFailFast());
        assertThat(answers).filteredOn("Accepted"::equals).hasSize(11);
        assertThat(answers.get(6)).isEqualTo("failed");
        assertThat(count("poison")).isEqualTo(11);
    }

    @Test
    void aFullQueueRefusesInsteadOfGrowing() {
        publish("full", "T1");
        MeterRegistry meters = new SimpleMeterRegistry();
        DayQueue small = new DayQueue(dayBook, new SmallQueue(), meters);
        List<Uni<String>> asked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            asked.add(small.submit(key("full"), Asked.of(dinner("19:00", "")))
                    .map(decision -> decision.getClass().getSimpleName())
                    .onFailure(Problem.class)
                    .recoverWithItem(problem -> ((Problem) problem).type().name()));
        }
        List<String> answers = get(Uni.join().all(asked).andFailFast());
        assertThat(answers).filteredOn("Accepted"::equals).hasSize(1);
        assertThat(answers).filteredOn("OVERLOADED"::equals).isNotEmpty();
        assertThat(answers).filteredOn("Taken"::equals).hasSizeGreaterThanOrEqualTo(5);
        assertThat(small.waiting()).isZero();
        assertThat(meters.get("lasttable.day.batch").summary().max()).isBetween(1.0, 3.0);
    }

    private static final class SmallQueue implements DaybookSettings.Queue {

        @Override
        public int maxWaiting() {
            return 5;
        }

        @Override
        public int maxTotal() {
            return 100;
        }

        @Override
        public int writers() {
            return 1;
        }

        @Override
        public int maxDays() {
            return 1;
        }

        @Override
        public int maxBatch() {
            return 3;
        }
    }

    @Test
    void onlyTheFirstWhoComesToADayThatWasNotSeenIsDecidedAboutWithoutALook() {
        publish("unseen", "T1");
        book("unseen", "19:00").then().statusCode(201);
        MeterRegistry meters = new SimpleMeterRegistry();
        DayQueue fresh =
                new DayQueue(new DayBook(database, outbox, plans, roll, receipts, config), config.queue(), meters);
        List<Uni<Decision>> crowd = IntStream.range(0, 20)
                .mapToObj(i -> fresh.ask(key("unseen"), Asked.of(dinner("19:00", ""))))
                .toList();
        assertThat(get(Uni.join().all(crowd).andFailFast())).hasOnlyElementsOfType(Refusal.Taken.class);
        assertThat(get(fresh.ask(key("unseen"), Asked.of(dinner("19:00", ""))))).isInstanceOf(Refusal.Taken.class);
        assertThat(meters.get("lasttable.day.batch").summary().totalAmount()).isEqualTo(1);
        assertThat(version("unseen")).isEqualTo(2);
    }

    @Test
    void aRefusalTakesNoLockAndWritesNothing() {
        publish("untouched", "T1");
        book("untouched", "19:00").then().statusCode(201);
        String before = marks("untouched");
        for (int i = 0; i < 5; i++) {
            book("untouched", "19:00").then().statusCode(409);
        }
        assertThat(marks("untouched")).isEqualTo(before);
    }

    @Test
    void aStayPastMidnightIsNewsOfTheNextDateToo() {
        String night = BookingWorld.venueJson("T1")
                .replace("18:30", "18:00")
                .replace("22:00", "17:30")
                .replace("PT1H30M", "PT2H");
        given().contentType("application/json")
                .body(night)
                .put("/v1/venues/around-the-clock")
                .then()
                .statusCode(201);
        LocalDate next = LocalDate.parse(DATE).plusDays(1);
        book("around-the-clock", "17:00").then().statusCode(201).body("startsAt", startsWith(next.toString()));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(version("around-the-clock", next)).isEqualTo(2));
        assertThat(version("around-the-clock")).isEqualTo(2);
        assertThat(version("around-the-clock", next.plusDays(1))).isEqualTo(1);
        DayDocument document = get(dayBook.look(
                        new Group(DayKey.only(new DayKey(new VenueId("around-the-clock"), next)), List.of())))
                .days()
                .get(next)
                .document(Instant.now());
        assertThat(document.slots().get(0).left()[2]).isZero();
        assertThat(document.slots().get(2).left()[2]).isEqualTo(1);
    }

    @Test
    void groupsAndQueuesAreMeasured() {
        publish("measured", "T1");
        book("measured", "19:00").then().statusCode(201);
        management("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("lasttable_day_batch_count"))
                .body(containsString("lasttable_day_queue_waiting"));
    }

    /** Who wrote the day's row and who last locked it, in PostgreSQL's transaction ids. */
    private String marks(String venue) {
        var row = get(database.preparedQuery(
                                "select xmin::text || ' ' || xmax::text from day where venue_id = $1 and date = $2")
                        .execute(Tuple.of(venue, LocalDate.parse(DATE))))
                .iterator()
                .next();
        return row.getString(0);
    }

    private long count(String venue) {
        return get(database.preparedQuery("select count(*) from reservation where venue_id = $1")
                        .execute(Tuple.of(venue)))
                .iterator()
                .next()
                .getLong(0);
    }

    private long version(String venue) {
        return version(venue, LocalDate.parse(DATE));
    }

    private long version(String venue, LocalDate date) {
        return get(database.preparedQuery("select version from day where venue_id = $1 and date = $2")
                        .execute(Tuple.of(venue, date)))
                .iterator()
                .next()
                .getLong(0);
    }

    private static DayKey key(String venue) {
        return new DayKey(new VenueId(venue), LocalDate.parse(DATE));
    }

    private static Command.Book dinner(String time, String note) {
        return new Command.Book(
                UUID.randomUUID(),
                Wish.of(LocalDate.parse(DATE), LocalTime.parse(time), 2),
                Optional.of(new Guest(UUID.randomUUID(), Optional.of("Ada"), Optional.empty(), Optional.empty())),
                Optional.of(note).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty());
    }

    private int port() {
        return PgConnectOptions.fromUri(url).getPort();
    }

    private Pool pool(int port, int size) {
        PgConnectOptions options = PgConnectOptions.fromUri(url)
                .setHost("127.0.0.1")
                .setPort(port)
                .setUser("postgres")
                .setPassword("postgres")
                .setCachePreparedStatements(true);
        return PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(size))
                .using(vertx)
                .build();
    }

    private static <T> T get(Uni<T> asked) {
        return asked.await().atMost(PATIENCE);
    }
}
