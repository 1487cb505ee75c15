package io.lasttable.booking.changes;

import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class ChangesFeedTest {

    @Inject
    Pool database;

    @Inject
    ChangePruning pruning;

    @Inject
    LongPolls polls;

    @Test
    void everyChangeIsThereOnceInOrderAndWithoutPersonalData() {
        publish("told", "T1", "T2");
        String first = booked("told", "19:00");
        String second = booked("told", "19:00");
        given().post("/v1/reservations/" + first + "/cancel").then().statusCode(200);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> changes("told", "after=0")
                        .body("items.cursor", contains("1", "2", "3"))
                        .body("items.subject", contains(first, second, first))
                        .body("items.data.version", contains(1, 1, 2))
                        .body("items[2].type", equalTo("io.lasttable.reservation.cancelled"))
                        .body("items[2].data.status", equalTo("cancelled"))
                        .body("items.data.guest", not(hasItem("Ada")))
                        .body("cursor", equalTo("3")));
        changes("told", "after=1&limit=1").body("items.cursor", contains("2")).body("cursor", equalTo("2"));
        changes("told", "after=3").body("items", empty()).body("cursor", equalTo("3"));
        changes("told", "after=now").body("items", empty()).body("cursor", equalTo("3"));
        changes("told", "limit=10").body("items.cursor", contains("1", "2", "3"));
    }

    @Test
    void aPollWaitsForTheNextChange() throws Exception {
        publish("awaited", "T1");
        ExecutorService clients = Executors.newFixedThreadPool(20);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                answers.add(clients.submit(
                        () -> changes("awaited", "after=0&wait=30").extract().path("items[0].subject")));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> polls.waiting() == 20);
            String id = booked("awaited", "19:00");
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo(id);
            }
        } finally {
            clients.shutdown();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> polls.waiting() == 0);
    }

    @Test
    void aPollEndsEmptyAtTheSameCursor() {
        publish("quiet", "T1");
        changes("quiet", "after=0&wait=1").body("items", empty()).body("cursor", equalTo("0"));
    }

    @Test
    void anAnswerThatWasWaitedForSaysWhenItWasMadeAndNotWhenItWasAskedFor() {
        publish("said-late", "T1");
        Instant asked = Instant.now();
        String said = changes("said-late", "after=0&wait=3").extract().header("Date");
        assertThat(ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isAfter(asked.plusSeconds(1));
    }

    @Test
    void aCursorOlderThanTheRetentionIsRefusedAndNeverSkips() {
        publish("pruned", "T1", "T2");
        String first = booked("pruned", "19:00");
        String second = booked("pruned", "19:00");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> changes("pruned", "after=0").body("items.subject", contains(first, second)));
        sql("update change set recorded_at = now() - interval '8 days' where venue_id = 'pruned' and seq = 1");
        assertThat(pruning.prune().await().atMost(Duration.ofSeconds(30))).isEqualTo(1);
        given().get("/v1/venues/pruned/changes?after=0")
                .then()
                .statusCode(410)
                .body("type", equalTo("/problems/cursor-expired"));
        changes("pruned", "after=1").body("items.subject", contains(second));
        changes("pruned", "limit=10").body("items.subject", contains(second));
    }

    @Test
    void whatIsNotACursorIsSaidSo() {
        publish("asked", "T1");
        refused("asked", "after=7", 400, "/problems/validation-error");
        refused("asked", "after=x", 400, "/problems/validation-error");
        refused("asked", "after=0&wait=31", 400, "/problems/validation-error");
        refused("asked", "after=0&limit=0", 400, "/problems/validation-error");
        refused("nowhere", "after=0", 404, "/problems/unknown-venue");
    }

    private void sql(String statement) {
        assertThat(database.query(statement)
                        .execute()
                        .await()
                        .atMost(Duration.ofSeconds(30))
                        .rowCount())
                .isEqualTo(1);
    }

    private static void refused(String venue, String query, int status, String type) {
        given().get("/v1/venues/" + venue + "/changes?" + query)
                .then()
                .statusCode(status)
                .body("type", equalTo(type));
    }

    private static ValidatableResponse changes(String venue, String query) {
        return given().get("/v1/venues/" + venue + "/changes?" + query).then().statusCode(200);
    }
}
