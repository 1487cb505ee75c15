package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import biweekly.Biweekly;
import biweekly.component.VEvent;
import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.embedded.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.util.List;
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
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read"),
            @Claim(key = "venue_ids", value = "*")
        })
class BulkTest {

    private static final String HEADER = "date,time,partySize,name,email,tables,note\n";
    private static final String NEXT = LocalDate.parse(DATE).plusDays(1).toString();

    @Test
    void aDayComesInWholeOrNotAtAll() {
        publish("imported", "T1", "T2");
        String csv = HEADER
                + DATE + ",19:00,2,\"Lovelace, Ada\",ada@example.org,T2,\"window\nplease\"\n"
                + DATE + ",19:00,2,Berta,,,\n"
                + NEXT + ",19:00,2,Carla,,,\n"
                + NEXT + ",19:00,2,Dora,,,\n"
                + NEXT + ",19:00,2,Emma,,,\n";
        send("imported", csv)
                .body("lines", equalTo(5))
                .body("imported", equalTo(2))
                .body("days.imported", contains(true, false))
                .body("errors", hasSize(1))
                .body("errors[0].line", equalTo(7))
                .body("errors[0].type", equalTo("/problems/slot-taken"));
        given().get("/v1/venues/imported/reservations?date=" + DATE)
                .then()
                .body("items.guest.name", hasItem("Lovelace, Ada"))
                .body("items.note", hasItem("window\nplease"));
        given().get("/v1/venues/imported/reservations?date=" + NEXT).then().body("items", empty());
    }

    @Test
    void aMistakeNamesItsLineAndSparesTheOtherDays() {
        publish("mistaken", "T1");
        String csv = HEADER
                + DATE + ",25:00,2,Ada,,,\n"
                + NEXT + ",19:00,2,Berta,not an address,,\n"
                + NEXT + ",21:00,2,Berta,,,\n"
                + LocalDate.parse(DATE).plusDays(2) + ",19:00,2,Carla,,,\n";
        send("mistaken", csv)
                .body("imported", equalTo(1))
                .body("errors.line", contains(2, 3))
                .body("errors[0].detail", containsString("/time"))
                .body("errors[1].detail", containsString("/guest/email"));
        given().get("/v1/venues/mistaken/reservations?date=" + NEXT).then().body("items", empty());
    }

    @Test
    void moreOfADateThanOneTransactionMayHoldIsRefusedAndSparesTheOtherDays() {
        publish("crowded", "T1");
        String csv = HEADER + NEXT + ",19:00,2,Ada,,,\n" + (DATE + ",19:00,2,Ada,,,\n").repeat(1_001);
        send("crowded", csv)
                .body("lines", equalTo(1_002))
                .body("imported", equalTo(1))
                .body("days.imported", contains(false, true))
                .body("errors.line", contains(1_003))
                .body("errors[0].detail", containsString("1000"));
    }

    @Test
    void theSameFileWithTheSameKeyIsImportedOnce() {
        publish("again", "T1");
        String csv = HEADER + DATE + ",19:00,2,Ada,,,\n";
        send(given().header("Idempotency-Key", "file-1"), "again", csv).body("imported", equalTo(1));
        send(given().header("Idempotency-Key", "file-1"), "again", csv)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("imported", equalTo(1))
                .body("replayed", equalTo(1));
        send("again", csv).body("imported", equalTo(0)).body("errors[0].type", equalTo("/problems/slot-taken"));
    }

    @Test
    void aFileThatIsNoneIsRefused() {
        publish("nofile", "T1");
        for (String csv : List.of("", "a,b\n1,2\n", "date,time,partySize,name,color\n", "\"")) {
            given().contentType("text/csv")
                    .body(csv)
                    .post("/v1/venues/nofile/reservations/import")
                    .then()
                    .statusCode(400)
                    .body("type", equalTo("/problems/validation-error"));
        }
        given().contentType("text/csv")
                .body(HEADER)
                .post("/v1/venues/nowhere/reservations/import")
                .then()
                .statusCode(404)
                .body("type", equalTo("/problems/unknown-venue"));
    }

    @Test
    void staffSeeTheirReservationsInACalendar() {
        publish("calendar", "T1");
        String id = book("calendar", "19:00").then().statusCode(201).extract().path("id");
        String text = given().get("/v1/venues/calendar/reservations.ics")
                .then()
                .statusCode(200)
                .contentType(containsString("text/calendar"))
                .extract()
                .asString();
        List<VEvent> events = Biweekly.parse(text).first().getEvents();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getUid().getValue()).isEqualTo(id + "@calendar");
            assertThat(event.getSummary().getValue()).isEqualTo("2 × Ada (T1)");
            assertThat(event.getDateEnd().getValue())
                    .isAfter(event.getDateStart().getValue());
        });
        given().post("/v1/reservations/" + id + "/cancel").then().statusCode(200);
        given().get("/v1/venues/calendar/reservations.ics")
                .then()
                .statusCode(200)
                .body(not(containsString(id)));
    }

    private static ValidatableResponse send(String venue, String csv) {
        return send(given(), venue, csv);
    }

    private static ValidatableResponse send(RequestSpecification request, String venue, String csv) {
        return request.contentType("text/csv; charset=utf-8")
                .body(csv.getBytes(UTF_8))
                .post("/v1/venues/" + venue + "/reservations/import")
                .then()
                .statusCode(200);
    }
}
