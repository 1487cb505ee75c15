package io.lasttable.booking;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** Requests that black-box tests share. Venues are open for dinner every day, from 18:30 to 22:00, for parties up to 4. */
public final class BookingWorld {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** A bookable date of every venue here, with 24 hours like the one before it and the one after. */
    public static final String DATE = Stream.iterate(LocalDate.now(PARIS).plusDays(3), date -> date.plusDays(1))
            .filter(BookingWorld::isAsLongAsItsNeighbours)
            .findFirst()
            .orElseThrow()
            .toString();

    /** Where it is about noon, so that no test runs into midnight, whenever it runs. */
    public static final ZoneId NOON =
            ZoneId.of("Etc/GMT%+d".formatted(ZonedDateTime.now(ZoneOffset.UTC).getHour() - 12));

    private BookingWorld() {}

    private static boolean isAsLongAsItsNeighbours(LocalDate date) {
        Instant begins = date.minusDays(1).atStartOfDay(PARIS).toInstant();
        return begins.plus(3, ChronoUnit.DAYS)
                .equals(date.plusDays(2).atStartOfDay(PARIS).toInstant());
    }

    public static void publish(String venue, String... tables) {
        publishAs(venue, venueJson(tables));
    }

    public static void publishAs(String venue, String json) {
        given().contentType(ContentType.JSON)
                .body(json)
                .put("/v1/venues/" + venue)
                .then()
                .statusCode(201);
    }

    public static String venueJson(String... tables) {
        StringBuilder plan = new StringBuilder();
        for (String table : tables) {
            plan.append(plan.length() == 0 ? "" : ",")
                    .append("{\"id\":\"%s\",\"minCovers\":1,\"maxCovers\":2}".formatted(table));
        }
        return """
                {"name":"Chez Nous","timeZone":"Europe/Paris","tables":[%s],
                 "servicePeriods":[{"name":"dinner","days":["MON","TUE","WED","THU","FRI","SAT","SUN"],
                   "firstSeating":"18:30","lastSeating":"22:00","slotInterval":"PT30M",
                   "turnTimes":[{"upToPartySize":4,"duration":"PT1H30M"}]}],
                 "bookingWindow":{"maxDaysAhead":10,"minNotice":"PT0M"}}""".formatted(plan);
    }

    /** A venue at {@link #NOON} that seats around the clock, so that a start that is near can be had at any hour. */
    public static String alwaysOpen(String... tables) {
        return venueJson(tables)
                .replace("Europe/Paris", NOON.getId())
                .replace("18:30", "00:00")
                .replace("22:00", "23:30");
    }

    /** A start of such a venue, early in its afternoon, that is half an hour away or more. */
    public static ZonedDateTime soon() {
        ZonedDateTime now = ZonedDateTime.now(NOON);
        return now.truncatedTo(ChronoUnit.HOURS).plusMinutes(now.getMinute() < 30 ? 60 : 90);
    }

    /** Books {@link #soon()} and gives the reservation's id. */
    public static String bookedSoon(String venue) {
        return bookSoon(venue).then().statusCode(201).extract().path("id");
    }

    public static Response bookSoon(String venue) {
        ZonedDateTime soon = soon();
        return post(
                "/v1/venues/" + venue + "/reservations",
                bookingJson(soon.toLocalDate().toString(), soon.toLocalTime().toString(), "{\"name\":\"Ada\"}"));
    }

    public static String bookingJson(String date, String time, String guest) {
        return "{\"date\":\"%s\",\"time\":\"%s\",\"partySize\":2,\"guest\":%s}".formatted(date, time, guest);
    }

    public static Response book(String venue, String time) {
        return post("/v1/venues/" + venue + "/reservations", bookingJson(DATE, time, "{\"name\":\"Ada\"}"));
    }

    /** Books and gives the reservation's id. */
    public static String booked(String venue, String time) {
        return book(venue, time).then().statusCode(201).extract().path("id");
    }

    public static Response post(String path, String body) {
        return json().body(body).post(path);
    }

    public static RequestSpecification json() {
        return given().contentType(ContentType.JSON);
    }
}
