package io.lasttable.booking.reservation;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.book;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.lasttable.booking.BookingWorld.venueJson;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import biweekly.Biweekly;
import biweekly.ICalVersion;
import biweekly.ICalendar;
import biweekly.component.VEvent;
import io.lasttable.booking.AsStaff;
import io.lasttable.booking.Servers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@AsStaff
class BulkTest {

    private static final String HEADER = "date,time,partySize,name,email,tables,note\n";
    private static final String NEXT = LocalDate.parse(DATE).plusDays(1).toString();

    private final DataSource database = Servers.database();

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
        publish("crowded-day", "T1");
        String csv = HEADER + NEXT + ",19:00,2,Ada,,,\n" + (DATE + ",19:00,2,Ada,,,\n").repeat(1_001);
        send("crowded-day", csv)
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
    }

    @Test
    void aFileThatIsSentAgainIsNotImportedTwice() {
        publish("repeated", "T1", "T2", "T3", "T4");
        String csv = HEADER + DATE + ",19:00,2,Ada,,,\n" + DATE + ",19:00,2,Ada,,,\n";
        send("repeated", csv).body("imported", equalTo(2)).body("replayed", equalTo(0));
        send("repeated", csv)
                .header("Idempotency-Replayed", equalTo("true"))
                .body("imported", equalTo(2))
                .body("replayed", equalTo(2));
        String again = ("Name;Datum;Uhrzeit;Personen\nAda;" + DATE + ";19:00:00;2\nBo;" + DATE + ";19:00:00;2\n");
        send("repeated", again).body("imported", equalTo(2)).body("replayed", equalTo(1));
        given().get("/v1/venues/repeated/reservations?date=" + DATE)
                .then()
                .body("items.guest.name", containsInAnyOrder("Ada", "Ada", "Bo"));
    }

    @Test
    void aMendedFileBringsInWhatWasLeftOutAndNothingTwice() {
        publish("mended", "T1", "T2");
        String good = HEADER + DATE + ",19:00,2,Ada,,,\n" + NEXT + ",19:00,2,Berta,,,\n";
        String bad = good + NEXT + ",19:00,two,Carla,,,\n";
        send("mended", bad).body("imported", equalTo(1)).body("days.imported", contains(true, false));
        send("mended", bad.replace("two", "2"))
                .body("imported", equalTo(3))
                .body("replayed", equalTo(1))
                .body("errors", empty());
        given().get("/v1/venues/mended/reservations").then().body("items", hasSize(3));
    }

    @Test
    void aLineOfNobodyKnowsWhichDayKeepsEveryDayOut() {
        publish("which-day", "T1", "T2");
        for (String unreadable : List.of("03/04/2026,19:00,2,Bo,,,", ",19:00,2,Bo,,,", "soon,19:00,2,Bo,,,")) {
            send("which-day", HEADER + DATE + ",19:00,2,Ada,,,\n" + unreadable + "\n")
                    .body("imported", equalTo(0))
                    .body("days.imported", contains(false))
                    .body("errors[0].line", equalTo(3))
                    .body("errors[0].detail", containsString("none of the file is imported"));
        }
        send("which-day", HEADER + DATE + ",19:00,2,Ada,,,\n" + DATE + ",19:00,2,Lovelace,Ada,,,,more\n")
                .body("imported", equalTo(0))
                .body("errors[0].detail", containsString("quotes"));
        given().get("/v1/venues/which-day/reservations").then().body("items", empty());
    }

    @Test
    void anExcelFileIsReadAsItIs() {
        publish("excel", "T1", "Table 2");
        String day = DATE.substring(8) + "." + DATE.substring(5, 7) + "." + DATE.substring(0, 4);
        String csv = "Datum;Uhrzeit;Personen;Name;Telefon;Tisch;Bemerkung\r\n" + day
                + ";19:00:00;2;Jürgen Groß;01 23 45 67 89;Table 2;\"Fenster,\r\nbitte\"\r\n";
        given().contentType("text/csv")
                .body(csv.getBytes(Charset.forName("windows-1252")))
                .post("/v1/venues/excel/reservations/import")
                .then()
                .statusCode(200)
                .body("errors", empty())
                .body("imported", equalTo(1));
        given().get("/v1/venues/excel/reservations")
                .then()
                .body("items[0].guest.name", equalTo("Jürgen Groß"))
                .body("items[0].guest.phone", equalTo("+33123456789"))
                .body("items[0].tables", contains("Table 2"))
                .body("items[0].note", equalTo("Fenster,\nbitte"));
        byte[] marked = ("\ufeff" + csv.replace("Groß", "Klein")).getBytes(UTF_8);
        given().contentType("text/csv")
                .body(marked)
                .post("/v1/venues/excel/reservations/import?unknownColumns=ignore")
                .then()
                .statusCode(200)
                .body("errors[0].type", equalTo("/problems/slot-taken"));
        given().contentType("text/csv")
                .body(marked)
                .post("/v1/venues/excel/reservations/import?unknownColumns=keep")
                .then()
                .statusCode(400);
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

    @Test
    void theCalendarIsWellFormedForEveryProgram() {
        String name =
                "Chez Müller, Söhne & Töchter; le \u00e9l\u00e9gant restaurant de la rue de la Grande Chaumi\u00e8re";
        given().contentType("application/json")
                .body(venueJson("T1").replace("Chez Nous", name))
                .put("/v1/venues/well-formed")
                .then()
                .statusCode(201);
        String guest = "{\"name\":\"" + "😀é漢".repeat(30) + "\"}";
        String body = bookingJson(DATE, "19:00", guest)
                .replace("{\"date\"", "{\"note\":\"" + "é, or; é\\n".repeat(60) + "\",\"date\"");
        post("/v1/venues/well-formed/reservations", body).then().statusCode(201);
        String text = feed("well-formed", "").asString();
        assertThat(text.split("\r\n"))
                .allSatisfy(line -> assertThat(line.getBytes(UTF_8).length).isLessThanOrEqualTo(75));
        String unfolded = text.replace("\r\n ", "");
        assertThat(unfolded)
                .contains("X-WR-CALNAME:" + name.replace(",", "\\,").replace(";", "\\;") + "\r\n")
                .contains("REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n");
        ICalendar calendar = Biweekly.parse(text).first();
        assertThat(calendar.validate(ICalVersion.V2_0).isEmpty())
                .as(calendar.validate(ICalVersion.V2_0).toString())
                .isTrue();
        assertThat(calendar.getEvents().get(0).getSummary().getValue()).contains("😀é漢".repeat(30));
    }

    @Test
    void aCalendarOfMoreThanItHoldsSaysSoAndGoesOn() throws SQLException {
        publish("crowded-calendar", "T1");
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            int inserted = statement.executeUpdate("""
                    insert into reservation (venue_id, id, date, time, starts_at, ends_at, party_size, tables, status,
                      version, day_version)
                    select 'crowded-calendar', gen_random_uuid(), current_date + n / 100, time '19:00', now() + make_interval(days => n / 100),
                      now() + make_interval(days => n / 100, hours => 2), 2, '{T1}', 'confirmed', 1, 1
                    from generate_series(1, 7000) n""");
            assertThat(inserted).isEqualTo(7_000);
        }
        Response first = feed("crowded-calendar", "");
        assertThat(first.asString().replace("\r\n ", "")).contains("more reservations follow");
        String next = first.header("Link").replaceFirst(".*[?]from=([0-9-]+)>; rel=\"next\"", "?from=$1");
        Response second = feed("crowded-calendar", next);
        assertThat(second.header("Link")).isNull();
        assertThat(uids(first)).doesNotContainAnyElementsOf(uids(second));
        assertThat(uids(first).size() + uids(second).size()).isEqualTo(7_000);
        given().get("/v1/venues/crowded-calendar/reservations.ics?from=tomorrow")
                .then()
                .statusCode(400);
    }

    private static Response feed(String venue, String query) {
        return given().get("/v1/venues/" + venue + "/reservations.ics" + query)
                .then()
                .statusCode(200)
                .contentType(containsString("text/calendar"))
                .extract()
                .response();
    }

    private static List<String> uids(Response feed) {
        return Biweekly.parse(feed.asString()).first().getEvents().stream()
                .map(event -> event.getUid().getValue())
                .toList();
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
