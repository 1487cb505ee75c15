package io.lasttable.availability.limits;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RateLimitTest {

    @Test
    void anAddressThatAsksTooFastIsToldToWaitAndOthersAreNot() {
        await().until(() -> from("198.51.100.1, 203.0.113.7").statusCode() == 429);
        from("1.1.1.1, 203.0.113.7")
                .then()
                .header("Retry-After", notNullValue())
                .body("type", equalTo("/problems/rate-limited"));
        from("203.0.113.7, 203.0.113.8").then().statusCode(400);
    }

    private static Response from(String forwardedFor) {
        Response last = null;
        for (int n = 0; n < 50; n++) {
            last = given().header("X-Forwarded-For", forwardedFor).get("/v1/availability");
        }
        return last;
    }
}
