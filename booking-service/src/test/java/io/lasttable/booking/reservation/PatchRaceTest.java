package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Patches that have read their reservation when something else changes it: what counts is what is true under the lock. */
@QuarkusTest
@QuarkusTestResource(value = PostgresTestResource.class, initArgs = @ResourceArg(name = "database", value = "booking"))
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs =
                @ResourceArg(
                        name = "topics",
                        value = "lasttable.venues.v1,lasttable.days.v1,lasttable.reservations.v1"))
@TestSecurity(user = "staff")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read"),
            @Claim(key = "venue_ids", value = "*")
        })
class PatchRaceTest {

    @Inject
    DataSource database;

    @Test
    void aNoteThatRacesAMoveLeavesThePartyWhereItHasMoved() throws Exception {
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        String id = booked("race-note", "");
        try (DayLock lock = new DayLock("race-note")) {
            var moving = lock.waitingFor(1, () -> patch(id, "{\"date\":\"" + next + "\"}"));
            var noting = lock.waitingFor(2, () -> patch(id, "{\"note\":\"birthday\"}"));
            lock.release();
            answered(moving).then().statusCode(200);
            answered(noting).then().statusCode(200).body("date", equalTo(next));
        }
        given().get("/v1/reservations/" + id).then().body("date", equalTo(next)).body("note", equalTo("birthday"));
    }

    @Test
    void aPatchThatRacesAnErasureBringsNothingBack() throws Exception {
        String id = booked("race-erase", ",\"note\":\"for Zora Neale\"");
        try (DayLock lock = new DayLock("race-erase")) {
            var erasing = lock.waitingFor(1, () -> post("/v1/guests/erase", "{\"email\":\"zora@example.org\"}"));
            var patching =
                    lock.waitingFor(2, () -> patch(id, "{\"partySize\":1,\"guest\":{\"phone\":\"+44 20 7946 0001\"}}"));
            lock.release();
            answered(erasing).then().statusCode(200).body("guests", equalTo(1));
            answered(patching).then().statusCode(200);
        }
        given().get("/v1/reservations/" + id)
                .then()
                .body("partySize", equalTo(1))
                .body("guest.name", nullValue())
                .body("guest.email", nullValue())
                .body("note", nullValue());
    }

    private static String booked(String venue, String more) {
        publish(venue, "T1");
        String guest = "{\"name\":\"Zora\",\"email\":\"zora@example.org\"}";
        String body =
                "{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2,\"guest\":%s%s}".formatted(DATE, guest, more);
        return post("/v1/venues/" + venue + "/reservations", body)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static Response patch(String id, String body) {
        return given().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body(body)
                .patch("/v1/reservations/" + id);
    }

    private static Response answered(CompletableFuture<Response> asked)
            throws ExecutionException, InterruptedException, TimeoutException {
        return asked.get(30, TimeUnit.SECONDS);
    }

    /** Holds a day's row lock, behind which requests wait in the order in which they came. */
    private final class DayLock implements AutoCloseable {

        private final Connection holder = database.getConnection();

        DayLock(String venue) throws SQLException {
            holder.setAutoCommit(false);
            try (Statement statement = holder.createStatement()) {
                boolean found = statement.execute(
                        "select from day where venue_id = '%s' and date = '%s' for update".formatted(venue, DATE));
                assertThat(found).isTrue();
            }
        }

        CompletableFuture<Response> waitingFor(long waiting, Supplier<Response> request) {
            CompletableFuture<Response> asked = CompletableFuture.supplyAsync(request);
            await().until(() -> waiting() == waiting);
            return asked;
        }

        private long waiting() throws SQLException {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(
                            "select count(*) from pg_stat_activity where wait_event_type = 'Lock'")) {
                boolean counted = rows.next();
                assertThat(counted).isTrue();
                return rows.getLong(1);
            }
        }

        void release() throws SQLException {
            holder.rollback();
        }

        @Override
        public void close() throws SQLException {
            holder.rollback();
            holder.close();
        }
    }
}
