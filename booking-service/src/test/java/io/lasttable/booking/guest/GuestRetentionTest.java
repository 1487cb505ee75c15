package io.lasttable.booking.guest;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class GuestRetentionTest {

    private static final String GUEST = "{\"name\":\"Hieronymus\",\"email\":\"h@example.org\"}";
    private static final LocalDate CUTOFF = LocalDate.parse("2020-06-01");

    @Inject
    GuestRetention retention;

    @Inject
    Pool database;

    @Test
    void whoWasThereLongAgoIsForgottenAndTheReservationStays() {
        publish("old", "T1", "T2", "T3");
        String recent = booked("old");
        String past = movedTo(booked("old"), "2020-05-30");
        String lastDayKept = movedTo(booked("old"), "2020-06-01");

        assertThat(forget()).isPositive();

        shown(past)
                .body("guest.name", nullValue())
                .body("guest.email", nullValue())
                .body("note", nullValue());
        shown(past).body("date", equalTo("2020-05-30")).body("status", equalTo("confirmed"));
        shown(lastDayKept).body("guest.name", equalTo("Hieronymus")).body("note", equalTo("by the door"));
        shown(recent).body("guest.name", equalTo("Hieronymus"));
        assertThat(forget()).as("nothing is left").isZero();
    }

    @Test
    void whoWaitedLongAgoIsForgottenUnlessTheyCameLater() {
        publish("old-line", "T1");
        booked("old-line");
        String gone = joined("old-line");
        String stays = joined("old-line");
        execute("update waitlist set date = '2020-03-01' where id in ('%s', '%s')".formatted(gone, stays));
        execute("insert into day (venue_id, date, version, closed) values ('old-line', '2020-03-01', 2, true)");
        String later = booked("old-line", "21:00");
        execute("update reservation set guest_ref = (select guest_ref from waitlist where id = '%s') where id = '%s'"
                .formatted(stays, later));

        assertThat(forget()).isPositive();

        given().get("/v1/waitlist/" + gone).then().statusCode(200).body("guest.name", nullValue());
        given().get("/v1/waitlist/" + stays).then().body("guest.name", equalTo("Hieronymus"));
    }

    @Test
    void everyVenuesDatesAreDoneHoweverManyThereAre() {
        execute(
                "insert into venue (venue_id, version, document) select 'many-' || n, 1, '{}' from generate_series(1, 450) n");
        execute("insert into day (venue_id, date, version, closed) select 'many-' || n, date '2019-01-01' + d, 2, true"
                + " from generate_series(1, 450) n, generate_series(0, 1) d");
        execute("insert into guest (venue_id, ref, name) select 'many-' || n, gen_random_uuid(), 'Hieronymus'"
                + " from generate_series(1, 450) n");
        execute(
                "insert into waitlist (venue_id, id, date, from_time, to_time, party_size, status, guest_ref, version, closes_at)"
                        + " select venue_id, gen_random_uuid(), '2019-01-02', '19:00', '19:00', 2, 'withdrawn', ref, 2, '2019-01-02Z'"
                        + " from guest where venue_id like 'many-%'");

        assertThat(forget()).isGreaterThanOrEqualTo(450);
        assertThat(forget()).as("nothing is left").isZero();

        execute("delete from venue where venue_id like 'many-%'");
    }

    @Test
    void theNewsOfManyTakeAsLongAsTheyAreMany() {
        assertThat(GuestRetention.pause(0, 100)).isZero();
        assertThat(GuestRetention.pause(250, 100)).isEqualTo(Duration.ofMillis(2_500));
        assertThat(GuestRetention.pause(1, 10_000)).isEqualTo(Duration.ofNanos(100_000));
    }

    @Test
    void aDateIsOverForTwoDaysBeforeItCounts() {
        assertThat(GuestRetention.firstKept(LocalDate.parse("2026-03-01"), Period.parse("P730D")))
                .isEqualTo("2024-02-28");
    }

    @Test
    void aRetentionThatReachesIntoTheFutureDoesNotStart() {
        for (String wrong : List.of("P0D", "P-30D", "P1M-40D")) {
            assertThatThrownBy(() -> GuestRetention.positive(Period.parse(wrong)))
                    .hasMessageContaining("P730D");
        }
        assertThat(GuestRetention.positive(Period.parse("P2Y"))).isEqualTo(Period.ofYears(2));
    }

    private int forget() {
        return retention.forgetBefore(CUTOFF).await().atMost(Duration.ofSeconds(60));
    }

    @CanIgnoreReturnValue
    private static String booked(String venue) {
        return booked(venue, "19:00");
    }

    private static String booked(String venue, String time) {
        return json().body(bookingJson(DATE, time, GUEST).replace("{\"date", "{\"note\":\"by the door\",\"date"))
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String joined(String venue) {
        return json().body("{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":%s}"
                        .formatted(DATE, GUEST))
                .post("/v1/venues/" + venue + "/waitlist")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** As if it had been booked for a date that is over. */
    private String movedTo(String id, String date) {
        execute("update reservation set date = '%s' where id = '%s'".formatted(date, id));
        execute("delete from occupancy where reservation_id = '%s'".formatted(id));
        execute(("insert into day (venue_id, date, version, closed) select venue_id, date, 2, true from reservation"
                        + " where id = '%s' on conflict do nothing")
                .formatted(id));
        return id;
    }

    private static io.restassured.response.ValidatableResponse shown(String id) {
        return given().get("/v1/reservations/" + id).then().statusCode(200);
    }

    private void execute(String sql) {
        var done = database.query(sql).execute().await().atMost(Duration.ofSeconds(10));
        assertThat(done).isNotNull();
    }
}
