package io.lasttable.booking.security;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.oneOf;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.booking.security.Operations.Operation;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Whoever may only write learns nothing of a guest from what they are answered, whichever operation it is: each of the OpenAPI
 * document that does not need the scope to read has an example here, of something that a guest of somebody else's is in.
 */
@QuarkusTest
class GuestSightTest {

    private static final String SECRET = "Zerlina";
    private static final String GUEST =
            "{\"name\":\"Zerlina Mozart\",\"email\":\"Zerlina@example.org\",\"phone\":\"+44 20 7946 2222\"}";
    private static final String NOTE = "Zerlina has no spoon";

    private final String venue = "sight-" + UUID.randomUUID();

    @ConfigProperty(name = "lasttable-test.token-key")
    String privateKey;

    @ConfigProperty(name = "quarkus.oidc.public-key")
    String publicKey;

    @ConfigProperty(name = "lasttable.watch-token-key")
    String watchTokenKey;

    private String all;
    private String writer;
    private String lastEntry;

    /** Sends an operation with a token. */
    private interface Sent extends Function<RequestSpecification, Response> {}

    /** What somebody has prepared to be sent, by operation; each is sent twice, with and without the scope to read. */
    private final Map<String, Function<Integer, Sent>> examples = Map.ofEntries(
            entry("PUT /v1/venues/{venueId}", n -> {
                booked();
                return with -> with.header("If-Match", "\"1\"")
                        .body(venueJson("Elsewhere"))
                        .put("/v1/venues/" + venue);
            }),
            entry("POST /v1/venues/{venueId}/reservations", n -> {
                booked();
                return with -> with.body(bookingJson(DATE, "19:00", "{\"name\":\"Bo\"}")
                                .replace("{\"date", "{\"holdAlternative\":true,\"date"))
                        .post("/v1/venues/" + venue + "/reservations");
            }),
            entry("POST /v1/venues/{venueId}/holds", n -> {
                booked();
                return with -> with.body("{\"date\":\"%s\",\"time\":\"19:00\",\"partySize\":2}".formatted(DATE))
                        .post("/v1/venues/" + venue + "/holds");
            }),
            entry("POST /v1/venues/{venueId}/waitlist", n -> {
                booked();
                return with -> with.body(joinJson("{\"name\":\"Bo\"}")).post("/v1/venues/" + venue + "/waitlist");
            }),
            entry("POST /v1/venues/{venueId}/reservations/import", n -> {
                booked();
                return with -> with.contentType("text/csv")
                        .body("date,time,partySize,name\n" + DATE + ",19:00,2,Bo\n")
                        .post("/v1/venues/" + venue + "/reservations/import");
            }),
            entry("DELETE /v1/venues/{venueId}", n -> {
                booked();
                return with -> with.delete("/v1/venues/" + venue); // whoever is to come keeps it open
            }),
            entry("PUT /v1/venues/{venueId}/blocks/{blockId}", n -> {
                String block = blocked();
                return with -> with.body("{\"date\":\"2030-01-02\"}").put(block);
            }),
            entry("DELETE /v1/venues/{venueId}/blocks/{blockId}", n -> {
                String block = blocked();
                return with -> with.delete(block);
            }),
            entry("PATCH /v1/reservations/{id}", n -> {
                String id = booked();
                String patch = n == 0 ? "{}" : "{\"guest\":{\"phone\":\"+44 20 7946 3333\"}}";
                return with -> with.contentType("application/merge-patch+json")
                        .header("If-Match", "*")
                        .body(patch)
                        .patch("/v1/reservations/" + id);
            }),
            entry("POST /v1/reservations/{id}/confirm", n -> {
                String hold = offered();
                return with -> with.body("{}").post("/v1/reservations/" + hold + "/confirm");
            }),
            entry("POST /v1/reservations/{id}/cancel", n -> on(booked(), "/cancel")),
            entry("POST /v1/reservations/{id}/seat", n -> on(booked(), "/seat")),
            entry("POST /v1/reservations/{id}/no-show", n -> on(booked(), "/no-show")),
            entry("POST /v1/reservations/{id}/finish", n -> {
                String id = booked();
                as(all).post("/v1/reservations/" + id + "/seat").then().statusCode(409); // it is days until then
                return on(id, "/finish");
            }),
            entry("POST /v1/reservations/{id}/restore", n -> {
                String id = booked();
                as(all).post("/v1/reservations/" + id + "/cancel").then().statusCode(200);
                return on(id, "/restore");
            }),
            entry("DELETE /v1/waitlist/{id}", n -> {
                String entry = waiting();
                return with -> with.delete("/v1/waitlist/" + entry);
            }),
            entry("PATCH /v1/waitlist/{id}", n -> {
                String entry = waiting();
                return with -> with.header("If-Match", "*")
                        .body("{\"metadata\":{\"seat\":\"window\"}}")
                        .patch("/v1/waitlist/" + entry);
            }),
            entry("POST /v1/waitlist/{id}/accept", n -> {
                offered();
                return with -> with.post("/v1/waitlist/" + lastEntry + "/accept");
            }),
            entry("POST /v1/guests/profiles", n -> {
                profile();
                return with -> with.body("{\"venueId\":\"%s\",\"phones\":[\"+442079462222\"]}".formatted(venue))
                        .post("/v1/guests/profiles");
            }),
            entry("PATCH /v1/guests/profiles/{id}", n -> {
                String id = profile();
                return with -> with.header("If-Match", "*")
                        .body("{\"tags\":[\"regular\"]}")
                        .patch("/v1/guests/profiles/" + id);
            }),
            entry("POST /v1/guests/profiles/{id}/merge", n -> {
                String id = profile();
                String other = profileOf(
                        "{\"venueId\":\"%s\",\"emails\":[\"%s@example.org\"]}".formatted(venue, UUID.randomUUID()));
                return with -> with.header("If-Match", "*")
                        .body("{\"other\":\"" + other + "\"}")
                        .post("/v1/guests/profiles/" + id + "/merge");
            }),
            entry("DELETE /v1/guests/profiles/{id}", n -> {
                String id = profile();
                return with -> with.delete("/v1/guests/profiles/" + id);
            }),
            entry("POST /v1/guests/erase", n -> {
                booked();
                return with -> with.body("{\"phone\":\"+44 20 7946 2222\"}").post("/v1/guests/erase");
            }));

    @BeforeEach
    void open() {
        Tokens tokens = new Tokens(privateKey, publicKey, watchTokenKey);
        all = tokens.good();
        writer = tokens.withScopes(allButReading());
        as(all).body(venueJson("T1")).put("/v1/venues/" + venue).then().statusCode(201);
    }

    @Test
    void everyOperationForWhichOneNeedNotReadHasAnExample() {
        assertThat(withoutReading().map(Operation::toString)).containsExactlyInAnyOrderElementsOf(examples.keySet());
    }

    private static Stream<Operation> withoutReading() {
        return Operations.all().stream()
                .filter(operation -> !operation.isPublic())
                .filter(operation -> !operation.scope().equals("reservations:read"))
                .filter(operation -> !operation.scope().equals("guests:read"))
                .filter(operation -> !operation.path().startsWith("/v1/publishable-keys")) // of a venue, not of guests
                .filter(operation ->
                        !operation.path().contains("/calendar-links")) // made by who may read: CalendarLinkTest
                .filter(operation ->
                        !operation.path().startsWith("/v1/webhooks")); // who may have guests sent: WebhookTest
    }

    private static String allButReading() {
        return withoutReading().map(Operation::scope).distinct().collect(Collectors.joining(" "));
    }

    @Test
    void whoMayOnlyWriteIsToldNothingOfTheGuest() {
        examples.forEach((operation, example) -> {
            for (int n = 0; n < 2; n++) {
                Response answer = example.apply(n).apply(as(writer));
                assertThat(answer.statusCode()).as(operation).isIn(200, 201, 204, 409);
                assertThat(answer.asString()).as(operation).doesNotContain(SECRET, "79462222");
                if (answer.statusCode() == 200) {
                    assertThat(answer.asString())
                            .as(operation + ": the link of somebody else's guest would open all of it")
                            .doesNotContain("manageToken");
                }
                clear();
            }
        });
    }

    @Test
    void whoMayOnlyWriteIsToldNothingOfTheGuestWhenAnAnswerIsGivenAgain() {
        examples.forEach((operation, example) -> {
            if (operation.startsWith("POST")) {
                String key = UUID.randomUUID().toString();
                Sent sent = example.apply(0);
                Response first = sent.apply(as(all).header("Idempotency-Key", key));
                Response again = sent.apply(as(writer).header("Idempotency-Key", key));
                assertThat(again.statusCode()).as(operation).isEqualTo(first.statusCode());
                assertThat(again.asString()).as(operation).doesNotContain(SECRET, "79462222");
                clear();
            }
        });
    }

    @Test
    void whoWritesHearsAgainWhatTheySaidAndWhoReadsHearsAll() {
        String id = booked();
        String patch = "{\"guest\":{\"phone\":\"+44 20 7946 3333\"},\"note\":\"by the window\"}";
        Response said = patch(id, patch, writer);
        assertThat(said.<Map<String, String>>path("guest")).containsOnly(entry("phone", "+442079463333"));
        assertThat(said.<String>path("note")).isEqualTo("by the window");
        assertThat(said.<String>path("guestRef")).isNotEmpty();
        String reader = new Tokens(privateKey, publicKey, watchTokenKey).withScopes("reservations:write guests:read");
        for (String token : new String[] {all, reader}) {
            Response seen = patch(id, "{}", token);
            assertThat(seen.<String>path("guest.name")).contains(SECRET);
            assertThat(seen.<String>path("note")).isEqualTo("by the window");
        }
    }

    private static Response patch(String id, String patch, String token) {
        return as(token)
                .contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body(patch)
                .patch("/v1/reservations/" + id)
                .then()
                .statusCode(200)
                .extract()
                .response();
    }

    private static Sent on(String id, String command) {
        return with -> with.post("/v1/reservations/" + id + command);
    }

    /** The address of a block that says of a guest why it is there. */
    private String blocked() {
        String block = "/v1/venues/" + venue + "/blocks/b";
        as(all).body("{\"date\":\"2030-01-01\",\"reason\":\"" + NOTE + "\"}")
                .put(block)
                .then()
                .statusCode(oneOf(200, 201));
        return block;
    }

    /** What the house knows of the guest that nobody shall see. */
    @CanIgnoreReturnValue
    private String profile() {
        Response known = as(all).body("{\"venueId\":\"%s\",\"phone\":\"+442079462222\"}".formatted(venue))
                .post("/v1/guests/profiles/lookup");
        return known.statusCode() == 200
                ? known.path("id")
                : profileOf(
                        "{\"venueId\":\"%s\",\"phones\":[\"+442079462222\"],\"notes\":\"%s\"}".formatted(venue, NOTE));
    }

    private String profileOf(String body) {
        return as(all).body(body)
                .post("/v1/guests/profiles")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The only table at seven, by the guest that nobody shall see. */
    @CanIgnoreReturnValue
    private String booked() {
        String body = bookingJson(DATE, "19:00", GUEST).replace("{\"date", "{\"note\":\"" + NOTE + "\",\"date");
        return as(all).body(body)
                .post("/v1/venues/" + venue + "/reservations")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** An entry of the guest's, behind a reservation of theirs. */
    @CanIgnoreReturnValue
    private String waiting() {
        booked();
        lastEntry = as(all).body(joinJson(GUEST))
                .post("/v1/venues/" + venue + "/waitlist")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return lastEntry;
    }

    /** The hold that is offered to the entry. */
    @CanIgnoreReturnValue
    private String offered() {
        waiting();
        Response page = as(all).get("/v1/venues/" + venue + "/reservations?status=confirmed");
        as(all).post("/v1/reservations/" + page.path("items[0].id") + "/cancel")
                .then()
                .statusCode(200);
        return as(all).get("/v1/waitlist/" + lastEntry).path("offer.reservationId");
    }

    private static String joinJson(String guest) {
        return "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":%s}"
                .formatted(DATE, guest);
    }

    /** Frees the table, so that each example begins alike. */
    private void clear() {
        for (int round = 0; round < 3; round++) {
            Response page = as(all).get("/v1/venues/" + venue + "/reservations?status=held,confirmed,seated");
            for (Object id : page.<List<Object>>path("items.id")) {
                as(all).post("/v1/reservations/" + id + "/cancel");
                as(all).post("/v1/reservations/" + id + "/finish");
            }
        }
    }

    private static RequestSpecification as(String token) {
        return given().contentType("application/json").header("Authorization", "Bearer " + token);
    }
}
