package io.lasttable.availability;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RequestTimesTest {

    @Inject
    PrometheusMeterRegistry registry;

    /** As the chart's alert asks for it. */
    @Test
    void howManyRequestsTookHalfASecondAtMostIsCounted() {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        get("/v1/availability?time=19:00&partySize=2&city=nowhere&date=" + date)
                .then()
                .statusCode(200);
        assertThat(registry.scrape())
                .containsPattern("http_server_requests_seconds_bucket\\{.*uri=\"/v1/availability\",le=\"0\\.5\",?}");
    }
}
