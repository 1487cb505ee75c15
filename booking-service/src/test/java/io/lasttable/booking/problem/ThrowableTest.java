package io.lasttable.booking.problem;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

/** What is thrown and is no exception ends in a problem document as well. */
@QuarkusTest
@AsStaff
class ThrowableTest {

    @Test
    void aConnectionThatIsFoundClosedIsAnOutage() {
        failing("Connection is not active now, current status: CLOSED")
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("/problems/overloaded"));
    }

    @Test
    void anythingElseIsAnErrorOfOurs() {
        failing("unforeseen").statusCode(500).body("type", equalTo("/problems/internal-error"));
    }

    private static ValidatableResponse failing(String message) {
        return given().header(FailingFilter.HEADER, message)
                .get("/v1/venues")
                .then()
                .contentType("application/problem+json");
    }
}
