package io.lasttable.availability.search;

import static io.lasttable.availability.world.DayEvent.aDay;
import static io.lasttable.availability.world.Management.management;
import static io.lasttable.availability.world.Patience.await;
import static io.lasttable.availability.world.VenueEvent.aVenue;
import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.Publisher;
import io.lasttable.availability.world.VenueEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SearchTest {

    private final Publisher publisher = Publisher.outside();

    /** A city of its own keeps the venues of one test apart from the others'. */
    private final String city = "C" + UUID.randomUUID();

    private final String prefix = "v" + UUID.randomUUID().toString().substring(0, 8) + "-";

    @Test
    void venuesComeNearestFirstWithTheirSlotsNearestToTheTime() {
        open("far", aVenue(id("far")).at(48.90, 2.35), "19:00");
        open("near", aVenue(id("near")).at(48.8570, 2.3520), "18:00", "19:30");
        get(search("19:00") + "&near=48.8566,2.3522&radiusKm=20")
                .then()
                .body("venues.venueId", contains(id("near"), id("far")))
                .body("venues[0].slots.time", contains("18:00", "19:30"))
                .body("venues[0].minutesAway", equalTo(30));
        get(search("19:00") + "&near=48.8566,2.3522&radiusKm=1").then().body("venues.venueId", contains(id("near")));
    }

    @Test
    void withinACityTheNearestTimeComesFirst() {
        open("a", aVenue(id("a")), "20:30");
        open("b", aVenue(id("b")).cooking("Japanese"), "19:15");
        get(search("19:00")).then().body("venues.venueId", contains(id("b"), id("a")));
        get(search("19:00") + "&cuisine=japanese").then().body("venues.venueId", contains(id("b")));
    }

    @Test
    void aLateSlotBelongsToTheEveningItBeganOnAndIsFoundFromBothSidesOfMidnight() {
        open("late", aVenue(id("late")), "22:00", "00:15");
        get(search("23:45"))
                .then()
                .body("venues[0].minutesAway", equalTo(30))
                .body("venues[0].slots[1].time", equalTo("00:15"));
        get(search("00:00").replace("2099-11-27", "2099-11-28"))
                .then()
                .body("venues[0].minutesAway", equalTo(15))
                .body("venues[0].slots.date", contains("2099-11-27", "2099-11-27"));
    }

    @Test
    void theWantedTimeIsTheVenuesOwnInEveryZone() {
        openIn("Pacific/Auckland", "nz", "19:00", "00:30");
        openIn("Pacific/Kiritimati", "ki", "19:00", "00:30");
        openIn("Pacific/Honolulu", "hi", "19:00", "00:30");
        get(search("19:00")).then().body("venues.minutesAway", contains(0, 0, 0));
        get(search("00:30").replace("2099-11-27", "2099-11-28")).then().body("venues.minutesAway", contains(0, 0, 0));
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetition() {
        for (int n = 0; n < 7; n++) {
            open("p" + n, aVenue(id("p" + n)), n % 2 == 0 ? "19:00" : "19:30");
        }
        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            Response page = get(search("19:00") + "&limit=3" + cursor);
            seen.addAll(page.path("venues.venueId"));
            String next = page.path("nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
        } while (cursor != null);
        assertThat(seen).containsExactly(id("p0"), id("p2"), id("p4"), id("p6"), id("p1"), id("p3"), id("p5"));
    }

    @Test
    void everyBadInputIsNamed() {
        get("/v1/availability?date=x&time=25:00&partySize=41&near=91,0&radiusKm=1000&limit=500&cursor=zz")
                .then()
                .statusCode(400)
                .body(
                        "errors.pointer",
                        containsInAnyOrder(
                                "/query/date",
                                "/query/time",
                                "/query/partySize",
                                "/query/near",
                                "/query/radiusKm",
                                "/query/limit",
                                "/query/cursor"));
        get("/v1/availability?date=2099-11-27&time=19:00&partySize=2").then().statusCode(400);
        get(search("19:00") + "&cursor=" + new Cursor(0, 0, "a", 1).text())
                .then()
                .statusCode(400);
    }

    @Test
    void anEmptyCityIsNoError() {
        get(search("19:00")).then().statusCode(200).body("venues", empty());
    }

    private void openIn(String zone, String name, String... times) {
        open(name, aVenue(id(name)).in(city, zone), times);
    }

    private void open(String name, VenueEvent venue, String... times) {
        VenueEvent here = venue.in(city, venue.zone());
        DayEvent day = aDay(id(name), "2099-11-27");
        for (String time : times) {
            String date = time.startsWith("00") ? "2099-11-28" : "2099-11-27";
            Instant start = LocalDateTime.parse(date + "T" + time)
                    .atZone(ZoneId.of(here.zone()))
                    .toInstant();
            day = day.slot(time, start, "{\"2\":1}");
        }
        publisher.venue(here);
        publisher.day(day);
        String unknown = "/v1/venues/" + id(name) + "/days/2031-01-01";
        await().until(() -> get(unknown).asString().contains("unknown-day"));
        await().until(() -> get(unknown.replace("2031-01-01", "2099-11-27")).statusCode() == 200);
        await().until(() -> management("/q/health/ready").statusCode() == 200);
    }

    private String id(String name) {
        return prefix + name;
    }

    private String search(String time) {
        return "/v1/availability?date=2099-11-27&partySize=2&city=" + city + "&time=" + time;
    }
}
