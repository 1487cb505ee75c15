package io.lasttable.booking.venue;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class ScheduleChangeTest {

    @Inject
    Pool database;

    @Test
    void onlyTheDaysWhoseAvailabilityChangesGetANewVersion() {
        publish("closing", "T1");
        String closed = venueJson("T1")
                .replace(
                        "{\"name\":\"Chez Nous\"",
                        "{\"name\":\"Chez Nous\",\"specialDays\":[{\"date\":\"" + DATE + "\",\"closed\":true}]");
        replace("closing", 1, closed).statusCode(200);
        assertThat(versions("closing")).containsEntry(LocalDate.parse(DATE), 2L);
        assertThat(versions("closing").values().stream().filter(version -> version == 2))
                .hasSize(1);
        replace("closing", 2, closed.replace("Chez Nous", "Chez Vous")).statusCode(200);
        assertThat(versions("closing").values()).allMatch(version -> version <= 2);
        replace("closing", 3, venueJson("T1", "T2")).statusCode(200);
        assertThat(versions("closing").values()).allMatch(version -> version >= 2);
    }

    @Test
    void aShorterWindowClosesWhatLiesBehindItAndALongerOneOpensItAgain() {
        publish("shorter", "T1");
        replace("shorter", 1, venueJson("T1").replace("\"maxDaysAhead\":10", "\"maxDaysAhead\":1"))
                .statusCode(200);
        assertThat(closed("shorter")).isEqualTo(9);
        replace("shorter", 2, venueJson("T1")).statusCode(200);
        assertThat(closed("shorter")).isZero();
        assertThat(versions("shorter")).containsEntry(LocalDate.parse(DATE), 3L);
    }

    @Test
    void aReplacementThatStrandsReservationsNamesThem() {
        publish("stranding", "T1");
        String id = booked("stranding", "19:00");
        replace("stranding", 1, venueJson("T2"))
                .statusCode(409)
                .body("type", equalTo("/problems/venue-has-reservations"))
                .body("reservations.id", contains(id))
                .body("reservations.date", contains(DATE))
                .body("reservations.time", contains("19:00"));
        assertThat(versions("stranding")).containsEntry(LocalDate.parse(DATE), 2L);
        given().get("/v1/venues/stranding").then().header("ETag", equalTo("\"1\""));
    }

    @Test
    void whoKnowsTheVersionIsToldSo() {
        publish("known", "T1");
        given().header("If-None-Match", "\"1\"")
                .get("/v1/venues/known")
                .then()
                .statusCode(304)
                .header("ETag", equalTo("\"1\""));
        given().header("If-None-Match", "\"0\", W/\"1\"")
                .get("/v1/venues/known")
                .then()
                .statusCode(304);
        given().header("If-None-Match", "\"2\"").get("/v1/venues/known").then().statusCode(200);
    }

    private static ValidatableResponse replace(String venue, int version, String body) {
        return json().header("If-Match", "\"" + version + "\"")
                .body(body)
                .put("/v1/venues/" + venue)
                .then();
    }

    private Map<LocalDate, Long> versions(String venue) {
        Map<LocalDate, Long> versions = new TreeMap<>();
        database.preparedQuery("select date, version from day where venue_id = $1")
                .execute(Tuple.of(venue))
                .await()
                .atMost(Duration.ofSeconds(30))
                .forEach(row -> versions.put(row.getLocalDate(0), row.getLong(1)));
        return versions;
    }

    private long closed(String venue) {
        return database.preparedQuery("select count(*) from day where venue_id = $1 and closed")
                .execute(Tuple.of(venue))
                .await()
                .atMost(Duration.ofSeconds(30))
                .iterator()
                .next()
                .getLong(0);
    }
}
