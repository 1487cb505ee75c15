package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.publishAs;
import static io.lasttable.booking.BookingWorld.venueJson;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** One guest twice, as docs/booking-api.md tells it. */
@QuarkusTest
@AsStaff
class SameGuestTest {

    private static final String ADA = "{\"name\":\"Ada\",\"phone\":\"01 23 45 67 89\"}";
    private static final String SAME = "{\"name\":\"A. Lovelace\",\"phone\":\"+33 1 23 45 67 89\"}";

    @Test
    void aVenueThatRefusesSaysSoAndTakesTheGuestAtAnotherTime() {
        publishAs("guest-refuse", venue("refuse"));
        book("guest-refuse", "19:00", ADA).statusCode(201).body("warnings", nullValue());
        book("guest-refuse", "19:30", SAME).statusCode(409).body("type", equalTo("/problems/same-guest"));
        join("guest-refuse", "19:30", SAME).statusCode(409).body("type", equalTo("/problems/same-guest"));
        book("guest-refuse", "20:30", SAME).statusCode(201);
        book("guest-refuse", "19:30", "{\"name\":\"Ada\",\"phone\":\"01 23 45 67 88\"}")
                .statusCode(201);
    }

    @Test
    void aVenueThatWarnsGrantsItAndNamesTheOtherToThoseWhoMaySeeIt() {
        publishAs("guest-warn", venue("warn"));
        String first =
                book("guest-warn", "19:00", ADA).statusCode(201).extract().path("id");
        book("guest-warn", "19:30", SAME)
                .statusCode(201)
                .body("status", equalTo("confirmed"))
                .body("warnings.type", contains("same-guest"))
                .body("warnings.reservationId", contains(first))
                .body("warnings.time", contains("19:00"));
        join("guest-warn", "19:00", SAME).statusCode(201).body("warnings.reservationId", contains(first));
    }

    @Test
    @TestSecurity(user = "widget")
    @OidcSecurity(
            claims = {
                @Claim(key = "scope", value = "venues:write reservations:write"),
                @Claim(key = "venue_ids", value = "*")
            })
    void whoMayNotReadReservationsIsWarnedOfNoneByItsName() {
        publishAs("guest-unseen", venue("warn"));
        book("guest-unseen", "19:00", ADA).statusCode(201);
        book("guest-unseen", "19:30", SAME)
                .statusCode(201)
                .body("warnings.type", contains("same-guest"))
                .body("warnings[0].reservationId", nullValue())
                .body("warnings[0].time", nullValue());
    }

    @Test
    @TestSecurity(user = "widget")
    @OidcSecurity(
            claims = {
                @Claim(key = "scope", value = "venues:write reservations:book"),
                @Claim(key = "venue_ids", value = "*")
            })
    void whoBooksAsAGuestIsNotToldWhoDinesWhen() {
        publishAs("guest-stalked", venue("warn"));
        book("guest-stalked", "19:00", ADA).statusCode(201);
        book("guest-stalked", "19:30", SAME).statusCode(201).body("warnings", nullValue());
        join("guest-stalked", "19:00", SAME).statusCode(201).body("warnings", nullValue());
    }

    @Test
    void aHoldIsConfirmedForSomebodyElseOnly() {
        publishAs("guest-hold", venue("refuse"));
        book("guest-hold", "19:00", ADA).statusCode(201);
        String hold = post(
                        "/v1/venues/guest-hold/holds",
                        "{\"date\":\"%s\",\"time\":\"19:30\",\"partySize\":2}".formatted(DATE))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        confirm(hold, SAME).statusCode(409).body("type", equalTo("/problems/same-guest"));
        confirm(hold, "{\"name\":\"Bo\"}").statusCode(200);
    }

    @Test
    void aVenueThatSaysNothingAllowsIt() {
        publish("guest-allow", "T1", "T2");
        book("guest-allow", "19:00", ADA).statusCode(201);
        book("guest-allow", "19:00", SAME).statusCode(201).body("warnings", nullValue());
    }

    private static String venue(String policy) {
        return venueJson("T1", "T2", "T3").replaceFirst("\\{\"name\"", "{\"sameGuest\":\"" + policy + "\",\"name\"");
    }

    private static ValidatableResponse book(String venue, String time, String guest) {
        return post("/v1/venues/" + venue + "/reservations", bookingJson(DATE, time, guest))
                .then();
    }

    private static ValidatableResponse join(String venue, String time, String guest) {
        return post(
                        "/v1/venues/" + venue + "/waitlist",
                        "{\"date\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"partySize\":2,\"guest\":%s}"
                                .formatted(DATE, time, time, guest))
                .then();
    }

    private static ValidatableResponse confirm(String hold, String guest) {
        return json().body("{\"guest\":%s}".formatted(guest))
                .post("/v1/reservations/" + hold + "/confirm")
                .then();
    }
}
