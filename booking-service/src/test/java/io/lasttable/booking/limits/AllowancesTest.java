package io.lasttable.booking.limits;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.publish;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** The tests' settings allow three a minute in a venue, so each test has a venue of its own. */
@QuarkusTest
@TestSecurity(user = "hoarder")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read"),
            @Claim(key = "venue_ids", value = "*")
        })
class AllowancesTest {

    private static final String HOLD = "{\"date\":\"%s\",\"time\":\"%s\",\"partySize\":2}";
    private static final String JOIN =
            "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2," + "\"guest\":{\"name\":\"Ada\"}}";

    @Test
    void oneClientHoldsItsShareOfAVenueAndNoMore() {
        publish("hoarded", "T1", "T2", "T3", "T4", "T5");
        publish("unhoarded", "T1");
        for (int i = 0; i < 3; i++) {
            hold("hoarded", "19:00").statusCode(201);
        }
        hold("hoarded", "19:00")
                .statusCode(429)
                .body("type", equalTo("/problems/rate-limited"))
                .header("Retry-After", notNullValue());
        hold("unhoarded", "19:00").statusCode(201);
        booking("hoarded", "19:00", false).statusCode(201);
    }

    @Test
    void whoLosesARaceHasUsedUpNothing() {
        publish("raced", "T1");
        hold("raced", "19:00").statusCode(201);
        for (int i = 0; i < 5; i++) {
            hold("raced", "19:00").statusCode(409);
        }
        hold("raced", "21:00").statusCode(201);
    }

    @Test
    void anAlternativeThatIsHeldIsOneOfThem() {
        publish("second-best", "T1", "T2");
        hold("second-best", "19:00").statusCode(201);
        hold("second-best", "19:00").statusCode(201);
        booking("second-best", "19:00", true).statusCode(409).body("heldAlternative.id", notNullValue());
        booking("second-best", "19:00", true).statusCode(409).body("heldAlternative", nullValue());
    }

    @Test
    void oneClientJoinsSoManyTimesAndNoMore() {
        publish("joined", "T1");
        for (int i = 0; i < 3; i++) {
            join("joined").statusCode(201);
        }
        join("joined").statusCode(429).body("type", equalTo("/problems/rate-limited"));
    }

    private static ValidatableResponse hold(String venue, String time) {
        return send(HOLD.formatted(DATE, time), "/v1/venues/" + venue + "/holds");
    }

    private static ValidatableResponse booking(String venue, String time, boolean holdAlternative) {
        String body = HOLD.formatted(DATE, time)
                .replace("}", ",\"guest\":{\"name\":\"Ada\"},\"holdAlternative\":" + holdAlternative + "}");
        return send(body, "/v1/venues/" + venue + "/reservations");
    }

    private static ValidatableResponse join(String venue) {
        return send(JOIN.formatted(DATE), "/v1/venues/" + venue + "/waitlist");
    }

    /** From an address that is not exempt; the limit of requests, which lets one through each second in tests, is another matter. */
    private static ValidatableResponse send(String body, String path) {
        return await().until(
                        () -> json().header("X-Forwarded-For", "203.0.113.77")
                                .body(body)
                                .post(path),
                        answer -> answer.statusCode() != 429
                                || answer.<String>path("detail").contains("a minute"))
                .then();
    }
}
