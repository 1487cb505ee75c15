package io.lasttable.booking;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.LocalDate;
import java.time.ZoneId;

/** Requests that black-box tests share. Venues are open for dinner every day, from 18:30 to 22:00, for parties up to 4. */
public final class BookingWorld {

    /** A bookable date of every venue here. */
    public static final String DATE =
            LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(3).toString();

    private BookingWorld() {}

    public static void publish(String venue, String... tables) {
        given().contentType(ContentType.JSON)
                .body(venueJson(tables))
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
