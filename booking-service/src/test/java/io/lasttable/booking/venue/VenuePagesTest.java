package io.lasttable.booking.venue;

import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestSecurity(user = "owner")
@OidcSecurity(claims = {@Claim(key = "scope", value = "venues:write"), @Claim(key = "venue_ids", value = "*")})
class VenuePagesTest {

    @Inject
    Pool database;

    @Test
    void aSummaryIsWhatAListShows() {
        publish("summed-up", "T1");
        Response page = given().get("/v1/venues?fields=summary&limit=1&cursor=summed-u");
        page.then()
                .statusCode(200)
                .body("items[0].venueId", equalTo("summed-up"))
                .body("items[0].name", notNullValue());
        assertThat(page.<java.util.Map<String, Object>>path("items[0]").keySet())
                .isEqualTo(
                        Set.of("venueId", "version", "name", "timeZone", "cuisines", "bookingWindow", "guestChanges"));
        given().get("/v1/venues?limit=1&cursor=summed-u").then().body("items[0].tables.id", contains("T1"));
        given().get("/v1/venues?fields=all").then().statusCode(400).body("errors.pointer", contains("/query/fields"));
    }

    @Test
    void aPageOfLongVenuesIsShorterAndNoneIsMissedOrShownTwice() {
        execute(
                "insert into venue (venue_id, version, document) select 'long-' || n, 1,"
                        + " jsonb_build_object('venueId', 'long-' || n, 'name', repeat('x', 300000)) from generate_series(1, 9) n");
        List<String> seen = new ArrayList<>();
        String cursor = "long-";
        while (cursor != null && cursor.startsWith("long-")) {
            Response page = given().get("/v1/venues?limit=200&cursor=" + cursor);
            assertThat(page.asByteArray().length).isLessThan(1_400_000);
            seen.addAll(page.path("items.venueId"));
            cursor = page.path("cursor");
        }
        execute("delete from venue where venue_id like 'long-%'");
        assertThat(seen).doesNotHaveDuplicates().contains("long-1", "long-5", "long-9");
        assertThat(seen.stream().filter(id -> id.startsWith("long-"))).hasSize(9);
    }

    private void execute(String sql) {
        var done = database.query(sql).execute().await().atMost(Duration.ofSeconds(10));
        assertThat(done).isNotNull();
    }
}
