package io.lasttable.booking.idempotency;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.lasttable.booking.AsStaff;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class IdempotencyTest {

    @Inject
    Pool database;

    @Inject
    ReceiptPruning pruning;

    @Test
    void theSameRequestIsAnsweredTheSameAndDoneOnce() {
        publish("twice", "T1", "T2");
        Response first = book("twice", "k", "19:00");
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        Response again = book("twice", "k", "19:00");
        again.then()
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location")))
                .header("ETag", equalTo(first.header("ETag")));
        assertThat(again.asString()).isEqualTo(first.asString());
        book("twice", "\"k\"", "19:00").then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
        book("twice", "another", "19:00").then().statusCode(201).body("tables[0]", equalTo("T2"));
        book("twice", "third", "19:00").then().statusCode(409);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        publish("reused", "T1");
        book("reused", "k", "19:00").then().statusCode(201);
        book("reused", "k", "21:00")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/idempotency-key-reused"));
    }

    @Test
    void aRefusalIsNotKept() {
        publish("retried", "T1");
        String winner = book("retried", "first", "19:00")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        book("retried", "second", "19:00").then().statusCode(409);
        given().post("/v1/reservations/" + winner + "/cancel").then().statusCode(200);
        book("retried", "second", "19:00").then().statusCode(201).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void stateChangesAreRepeatedFromTheirFirstAnswer() {
        publish("turned", "T1");
        String id = book("turned", "book", "19:00").then().extract().path("id");
        cancel(id).then().statusCode(200).body("status", equalTo("cancelled"));
        cancel(id).then().statusCode(200).header("Idempotency-Replayed", equalTo("true"));
        given().post("/v1/reservations/" + id + "/cancel").then().statusCode(409);
    }

    @Test
    void manyAtOnceWithOneKeyMakeOneReservation() throws Exception {
        publish("storm", "T1", "T2", "T3", "T4");
        ExecutorService clients = Executors.newFixedThreadPool(20);
        List<Response> responses = new ArrayList<>();
        try {
            List<Future<Response>> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(clients.submit(() -> book("storm", "one", "19:00")));
            }
            for (Future<Response> response : sent) {
                responses.add(response.get());
            }
        } finally {
            clients.shutdown();
        }
        assertThat(responses).allMatch(response -> response.statusCode() == 201 || isStillRunning(response));
        assertThat(responses.stream()
                        .filter(response -> response.statusCode() == 201)
                        .map(response -> response.<String>path("id"))
                        .distinct())
                .hasSize(1);
        book("storm", "one", "19:00").then().statusCode(201).header("Idempotency-Replayed", equalTo("true"));
    }

    @Test
    void aKeyIsForgottenAfterItsTime() {
        publish("forgotten", "T1", "T2");
        String first = book("forgotten", "k", "19:00").path("id");
        database.query(
                        "update idempotency_receipt set created_at = now() - interval '25 hours' where venue_id = 'forgotten'")
                .execute()
                .await()
                .atMost(Duration.ofSeconds(30));
        assertThat(pruning.prune().await().atMost(Duration.ofSeconds(30))).isEqualTo(1);
        book("forgotten", "k", "19:00").then().statusCode(201).body("id", not(equalTo(first)));
    }

    @Test
    void aKeyThatIsNoneIsSaidToBe() {
        publish("keyless", "T1");
        for (String key : List.of("x".repeat(256), "with space", "ümlaut")) {
            book("keyless", key, "19:00")
                    .then()
                    .statusCode(400)
                    .body("errors[0].pointer", equalTo("/header/Idempotency-Key"));
        }
    }

    private static boolean isStillRunning(Response response) {
        return response.statusCode() == 409
                && response.path("type").equals("/problems/idempotency-key-in-use")
                && response.header("Retry-After") != null;
    }

    private static Response cancel(String id) {
        return given().header("Idempotency-Key", "cancel").post("/v1/reservations/" + id + "/cancel");
    }

    private static Response book(String venue, String key, String time) {
        return json().header("Idempotency-Key", key)
                .body(bookingJson(DATE, time, "{\"name\":\"Ada\"}"))
                .post("/v1/venues/" + venue + "/reservations");
    }
}
