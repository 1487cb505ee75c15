package io.lasttable.booking.guest;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class DayRetentionTest {

    private static final LocalDate CUTOFF = LocalDate.parse("2018-06-01");

    @Inject
    GuestRetention guests;

    @Inject
    DayRetention days;

    @Inject
    Pool database;

    @Test
    void aDayOfLongAgoGoesWithAllThatItHadOnceItsGuestsAreForgotten() {
        publish("past-days", "T1", "T2", "T3");
        String past = booked("past-days", "19:00");
        post("/v1/reservations/" + past + "/cancel", "").then().statusCode(200);
        String recent = booked("past-days", "19:00");
        String seldom = booked("past-days", "21:00");
        String formerly = text("select guest_ref::text from reservation where id = '" + past + "'");
        move(past, "2018-05-30");
        move(seldom, "2018-05-31");
        execute("update reservation set guest_ref = (select guest_ref from reservation where id = '%s') where id = '%s'"
                .formatted(recent, seldom));

        assertThat(delete()).as("with guests who are known").isZero();
        assertThat(guests.forgetBefore(CUTOFF).await().atMost(Duration.ofSeconds(60)))
                .isPositive();
        execute("update guest set name = 'Hieronymus' where ref in (select guest_ref from reservation where id = '%s')"
                .formatted(past));
        assertThat(delete()).isEqualTo(2);

        given().get("/v1/reservations/" + past).then().statusCode(404);
        given().get("/v1/reservations/" + past + "/history").then().statusCode(404);
        given().get("/v1/reservations/" + seldom).then().statusCode(404);
        assertThat(given().get("/v1/reservations/" + recent)
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("guest.name"))
                .as("who came again")
                .isEqualTo("Hieronymus");
        for (String rows : new String[] {
            "day where date < '2018-06-01'",
            "reservation_history where reservation_id = '" + past + "'",
            "occupancy where reservation_id = '" + seldom + "'"
        }) {
            assertThat(count(rows)).as(rows).isZero();
        }
        assertThat(count("guest where venue_id = 'past-days' and ref = '" + formerly + "'"))
                .as("who was named again")
                .isZero();
        assertThat(delete()).as("nothing is left").isZero();
    }

    @Test
    void daysOfAVenueThatIsGoneGoToo() {
        execute("insert into venue_gone (venue_id, version) values ('past-gone', 3)");
        execute("insert into day (venue_id, date, version, closed) values ('past-gone', '2018-01-01', 2, true)");
        int deleted = delete();
        assertThat(deleted).isZero();
        assertThat(count("day where venue_id = 'past-gone'")).isZero();
    }

    @Test
    void aRetentionThatTakesWhatIsStillNeededDoesNotStart() {
        Optional<Period> guestsStay = Optional.of(Period.ofYears(2));
        assertThatThrownBy(() -> DayRetention.checked(Period.ofDays(29), guestsStay))
                .hasMessageContaining("30 days");
        assertThatThrownBy(() -> DayRetention.checked(Period.ofYears(1), guestsStay))
                .hasMessageContaining("lasttable.guests.retention");
        assertThatThrownBy(() -> DayRetention.checked(Period.ofYears(5), Optional.empty()))
                .hasMessageContaining("lasttable.guests.retention");
        assertThat(DayRetention.checked(Period.ofYears(5), guestsStay)).isEqualTo(Period.ofYears(5));
    }

    private int delete() {
        return days.deleteBefore(CUTOFF).await().atMost(Duration.ofSeconds(60));
    }

    private static String booked(String venue, String time) {
        return json().body(bookingJson(DATE, time, "{\"name\":\"Hieronymus\"}"))
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** As if it had been booked for a date that is over. */
    private void move(String id, String date) {
        execute("update reservation set date = '%s' where id = '%s'".formatted(date, id));
        execute("insert into day (venue_id, date, version, closed) select venue_id, date, 2, true from reservation"
                + " where id = '%s' on conflict do nothing".formatted(id));
    }

    private String text(String query) {
        return database.query(query)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getString(0);
    }

    private long count(String rows) {
        return database.query("select count(*) from " + rows)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(10))
                .iterator()
                .next()
                .getLong(0);
    }

    private void execute(String sql) {
        var done = database.query(sql).execute().await().atMost(Duration.ofSeconds(10));
        assertThat(done).isNotNull();
    }
}
