package io.lasttable.booking.limits;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RateLimitTest {

    @Test
    void whoAsksTooOftenIsToldWhenToComeBack() {
        Response refused = Stream.generate(() -> from("203.0.113.9"))
                .limit(1_000)
                .filter(response -> response.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        refused.then()
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/rate-limited"))
                .header("Retry-After", matchesPattern("[1-9][0-9]*"))
                .header("RateLimit-Policy", equalTo("\"client\";q=5;w=5"))
                .header("RateLimit", matchesPattern("\"client\";r=0;t=[1-9][0-9]*"));
    }

    @Test
    void everyAnswerSaysWhatIsLeft() {
        from("203.0.113.10").then().statusCode(200).header("RateLimit", matchesPattern("\"client\";r=4;t=[0-9]+"));
    }

    @Test
    void insideNobodyIsLimited() {
        given().get("/v1/venues").then().statusCode(200).header("RateLimit", nullValue());
    }

    @Test
    void pathsThatLeadNowhereCountToo() {
        assertThat(Stream.generate(() -> as("203.0.113.20").get("/nowhere").statusCode())
                        .limit(50)
                        .distinct())
                .containsExactly(404, 429);
    }

    @Test
    void whoSendsTokensThatProveNothingIsRefusedUnread() {
        assertThat(Stream.generate(() -> as("203.0.113.21")
                                .header("Authorization", "Bearer x")
                                .get("/v1/venues")
                                .statusCode())
                        .limit(50)
                        .distinct())
                .containsExactly(401, 429);
    }

    @Test
    void aHeaderLineInFrontMakesNobodyExempt() {
        given().header("X-Forwarded-For", "127.0.0.1", "203.0.113.22")
                .get("/v1/venues")
                .then()
                .statusCode(200)
                .header("RateLimit", notNullValue());
    }

    private static RequestSpecification as(String address) {
        return given().header("X-Forwarded-For", address);
    }

    private static Response from(String address) {
        return given().header("X-Forwarded-For", "1.2.3.4, " + address).get("/v1/venues");
    }
}
