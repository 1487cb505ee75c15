package io.lasttable.availability.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RateLimitTest {

    @Test
    void anAddressThatAsksTooFastIsToldToWaitAndOthersAreNot() {
        Response refused = refusal("198.51.100.1, 203.0.113.7", 10_000).orElseThrow();
        refused.then().header("Retry-After", notNullValue()).body("type", equalTo("/problems/rate-limited"));
        from("203.0.113.7, 203.0.113.8").then().statusCode(400);
    }

    @Test
    void aForgedAddressInFrontDoesNotMakeANewCaller() {
        assertThat(refusal("198.51.100.1, 203.0.113.9", 10_000)).isPresent();
        int lessThanAFreshBurst = 50;
        assertThat(refusal("1.1.1.1, 203.0.113.9", lessThanAFreshBurst)).isPresent();
    }

    /** The first 429 among so many requests in a row. */
    private static Optional<Response> refusal(String forwardedFor, int most) {
        return Stream.generate(() -> from(forwardedFor))
                .limit(most)
                .filter(response -> response.statusCode() == 429)
                .findFirst();
    }

    private static Response from(String forwardedFor) {
        return given().header("X-Forwarded-For", forwardedFor).get("/v1/availability");
    }
}
