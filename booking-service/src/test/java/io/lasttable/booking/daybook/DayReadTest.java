package io.lasttable.booking.daybook;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.AsStaff;
import io.lasttable.booking.database.Parted;
import io.lasttable.booking.day.Command;
import io.lasttable.booking.day.Day;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Reservation;
import io.lasttable.booking.day.Status;
import io.lasttable.booking.day.Stay;
import io.lasttable.booking.day.Wish;
import io.lasttable.booking.outbox.Outbox;
import io.lasttable.booking.venue.VenueId;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is read to decide, and when it need not be read at all. */
@QuarkusTest
@AsStaff
class DayReadTest {

    private static final LocalDate DAY = LocalDate.parse(DATE);

    @Inject
    Pool database;

    @Inject
    Outbox outbox;

    @Inject
    DayRoll roll;

    @Inject
    Receipts receipts;

    @Inject
    DaybookSettings config;

    @Test
    void ofTheDateBeforeOnlyWhatReachesIntoTheDayIsRead() {
        json().body(venueJson("T1", "T2").replace("22:00", "00:30"))
                .put("/v1/venues/past-midnight")
                .then()
                .statusCode(201);
        book("past-midnight", "19:00").then().statusCode(201);
        book("past-midnight", "00:30").then().statusCode(201);
        Instant midnight = DAY.atTime(23, 0).toInstant(ZoneOffset.UTC);
        assertThat(stays("past-midnight", DAY.plusDays(1), DAY, midnight)).hasSize(1);
        assertThat(stays("past-midnight", DAY.plusDays(1), DAY, midnight.plus(Duration.ofHours(6))))
                .isEmpty();
        assertThat(stays("past-midnight", DAY, DAY, Instant.EPOCH)).hasSize(2);
        assertThat(stays("past-midnight", DAY, DAY.minusDays(1), Instant.EPOCH)).isEmpty();
    }

    @Test
    void wholeReservationsAreReadOnlyOfHoldsAndOfThoseThatAreNamed() {
        publish("whole", "T1", "T2", "T3");
        String named = book("whole", "19:00").then().extract().path("id");
        book("whole", "19:00").then().statusCode(201);
        post("/v1/venues/whole/holds", "{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2}".formatted(DATE))
                .then()
                .statusCode(201);
        ReservationTable.Loaded read = get(ReservationTable.load(
                        database,
                        List.of(new Parted<>(0, new ReservationTable.Reach(day("whole", DAY), DAY, Instant.EPOCH))),
                        List.of(new Parted<>(
                                0, new ReservationTable.Named(new VenueId("whole"), UUID.fromString(named))))))
                .get(0);
        assertThat(read.of(DAY)).hasSize(3);
        assertThat(read.whole())
                .extracting(Reservation::status)
                .containsExactlyInAnyOrder(Status.HELD, Status.CONFIRMED);
        assertThat(read.whole())
                .filteredOn(reservation -> reservation.status() == Status.CONFIRMED)
                .extracting(reservation -> reservation.guest().orElseThrow().name())
                .containsExactly(Optional.of("Ada"));
    }

    /** The new schedule opens before the last stay of the date before has ended; by the old one it reached into nothing. */
    @Test
    void aScheduleThatAnotherReplicaHasChangedIsSeenWithTheStaysThatReachIntoIt() {
        String night = venueJson("T1").replace("22:00", "00:00");
        json().body(night).put("/v1/venues/changed").then().statusCode(201);
        String before = bookingJson(DAY.minusDays(1).toString(), "00:00", "{\"name\":\"Ada\"}");
        post("/v1/venues/changed/reservations", before).then().statusCode(201);
        DayBook other = anotherReplica();
        assertThat(left(other, "changed")).hasSize(12).containsOnly(1);
        assertThat(left(other, "changed")).hasSize(12).containsOnly(1);
        json().body(night.replace("18:30", "01:00"))
                .header("If-Match", "\"1\"")
                .put("/v1/venues/changed")
                .then()
                .statusCode(200);
        assertThat(left(other, "changed")).hasSize(47).startsWith(0, 1);
    }

    @Test
    void whoTrustsAHintThatIsWrongIsRefusedUnderTheLockAndTheNextByALook() {
        publish("hinted", "T1", "T2", "T3", "T4");
        book("hinted", "19:00").then().statusCode(201);
        List<Asked> rest = List.of(dinner(), dinner(), dinner());
        DayKey key = new DayKey(new VenueId("hinted"), DAY);
        assertThat(get(anotherReplica().decide(new Group(DayKey.only(key), rest))))
                .allMatch(decision -> decision instanceof Decision.Accepted);
        String before = locks("hinted");
        book("hinted", "19:00").then().statusCode(409);
        String locked = locks("hinted");
        assertThat(locked).isNotEqualTo(before);
        book("hinted", "19:00").then().statusCode(409);
        assertThat(locks("hinted")).isEqualTo(locked);
        book("hinted", "20:30").then().statusCode(201);
    }

    private List<Stay> stays(String venue, LocalDate day, LocalDate date, Instant since) {
        ReservationTable.Reach reach = new ReservationTable.Reach(day(venue, day), date, since);
        return get(ReservationTable.load(database, List.of(new Parted<>(0, reach)), List.of()))
                .getOrDefault(0, ReservationTable.Loaded.nothing())
                .of(day);
    }

    private static DayKey day(String venue, LocalDate date) {
        return new DayKey(new VenueId(venue), date);
    }

    private DayBook anotherReplica() {
        return new DayBook(database, outbox, new DayPlans(), roll, receipts, config);
    }

    /** What a look finds left for two, by slot. */
    private static List<Integer> left(DayBook book, String venue) {
        DayKey key = new DayKey(new VenueId(venue), DAY);
        Day day = get(book.look(new Group(DayKey.only(key), List.of()))).days().get(DAY);
        return day.document(Instant.now()).slots().stream()
                .map(slot -> slot.left()[2])
                .toList();
    }

    private static Asked dinner() {
        return Asked.of(new Command.Book(
                UUID.randomUUID(),
                Wish.of(DAY, LocalTime.of(19, 0), 2),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    /** Who last locked the day's row, in PostgreSQL's transaction ids. */
    private String locks(String venue) {
        return get(database.preparedQuery("select xmax::text from day where venue_id = $1 and date = $2")
                        .execute(Tuple.of(venue, DAY)))
                .iterator()
                .next()
                .getString(0);
    }

    private static <T> T get(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(60));
    }
}
