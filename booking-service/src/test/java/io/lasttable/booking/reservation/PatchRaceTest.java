package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.RowLock.answered;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.RowLock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.LocalDate;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Patches that have read their reservation when something else changes it: what counts is what is true under the lock. */
@QuarkusTest
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read guests:erase"),
            @Claim(key = "venue_ids", value = "*")
        })
class PatchRaceTest {

    @Inject
    DataSource database;

    @Test
    void aNoteThatRacesAMoveLeavesThePartyWhereItHasMoved() throws Exception {
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        String id = booked("race-note", "");
        try (RowLock lock = RowLock.ofDay(database, "race-note", DATE)) {
            var moving = lock.waitingFor(1, () -> patch(id, "{\"date\":\"" + next + "\"}"));
            var noting = lock.waitingFor(2, () -> patch(id, "{\"note\":\"birthday\"}"));
            lock.release();
            answered(moving).then().statusCode(200);
            answered(noting).then().statusCode(200).body("date", equalTo(next));
        }
        given().get("/v1/reservations/" + id).then().body("date", equalTo(next)).body("note", equalTo("birthday"));
    }

    @Test
    void aPatchThatRacesAnErasureBringsNothingBack() throws Exception {
        String id = booked("race-erase", ",\"note\":\"for Zora Neale\"");
        try (RowLock lock = RowLock.ofDay(database, "race-erase", DATE)) {
            var erasing = lock.waitingFor(1, () -> post("/v1/guests/erase", "{\"email\":\"zora@example.org\"}"));
            var patching =
                    lock.waitingFor(2, () -> patch(id, "{\"partySize\":1,\"guest\":{\"phone\":\"+44 20 7946 0001\"}}"));
            lock.release();
            answered(erasing).then().statusCode(200).body("guests", equalTo(1));
            answered(patching).then().statusCode(200);
        }
        given().get("/v1/reservations/" + id)
                .then()
                .body("partySize", equalTo(1))
                .body("guest.name", nullValue())
                .body("guest.email", nullValue())
                .body("note", nullValue());
    }

    private static String booked(String venue, String more) {
        publish(venue, "T1");
        String guest = "{\"name\":\"Zora\",\"email\":\"zora@example.org\"}";
        String body =
                "{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2,\"guest\":%s%s}".formatted(DATE, guest, more);
        return post("/v1/venues/" + venue + "/reservations", body)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response patch(String id, String body) {
        return given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body(body)
                .patch("/v1/reservations/" + id);
    }
}
