package io.lasttable.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequestTimesTest {

    @Inject
    PrometheusMeterRegistry registry;

    /** As the chart's alert asks for it. */
    @Test
    void howManyRequestsTookHalfASecondAtMostIsCounted() {
        given().get("/v1/venues?limit=1").then().statusCode(200);
        assertThat(registry.scrape())
                .containsPattern("http_server_requests_seconds_bucket\\{.*uri=\"/v1/venues\",le=\"0\\.5\",?}");
    }
}
