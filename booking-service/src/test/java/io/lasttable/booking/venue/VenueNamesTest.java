package io.lasttable.booking.venue;

import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = PostgresTestResource.class, initArgs = @ResourceArg(name = "database", value = "booking"))
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1"))
@TestSecurity(user = "staff")
@OidcSecurity(claims = {@Claim(key = "scope", value = "venues:write"), @Claim(key = "venue_ids", value = "*")})
class VenueNamesTest {

    @Test
    void aListToChooseFromIsReadAPageAtATimeAndCarriesNoFloorPlan() {
        publish("names-a", "T1", "T2", "T3");
        publish("names-b", "T1");
        publish("names-c", "T1");
        Map<String, Object> first = given().get("/v1/venue-names?limit=1&cursor=names-a-")
                .then()
                .statusCode(200)
                .body("cursor", equalTo("names-b"))
                .extract()
                .path("items[0]");
        assertThat(first).isEqualTo(Map.of("venueId", "names-b", "name", "Chez Nous", "timeZone", "Europe/Paris"));
        given().get("/v1/venue-names?limit=1&cursor=names-b").then().body("items.venueId", contains("names-c"));
    }
}
