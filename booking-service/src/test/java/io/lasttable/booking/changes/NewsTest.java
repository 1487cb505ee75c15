package io.lasttable.booking.changes;

import static io.lasttable.booking.BookingWorld.DATE;
import static io.lasttable.booking.BookingWorld.booked;
import static io.lasttable.booking.BookingWorld.bookingJson;
import static io.lasttable.booking.BookingWorld.json;
import static io.lasttable.booking.BookingWorld.post;
import static io.lasttable.booking.BookingWorld.publish;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the news say, so that who has nothing but them need not ask. */
@QuarkusTest
@TestSecurity(user = "maitre")
@OidcSecurity(
        claims = {
            @Claim(key = "scope", value = "venues:write reservations:write reservations:read guests:erase"),
            @Claim(key = "venue_ids", value = "*")
        })
class NewsTest {

    private static final String LATER = LocalDate.parse(DATE).plusDays(1).toString();

    @Test
    void aReservationsNewsSayWhoAndWhySinceWhenAndWhatAMoveLeft() {
        publish("news", "T1");
        String id = booked("news", "19:00");
        json().header("If-Match", "*")
                .body("{\"date\":\"" + LATER + "\"}")
                .patch("/v1/reservations/" + id)
                .then()
                .statusCode(200);
        JsonPath news = news("news", 2);
        assertThat(news.getList("items.data.actor")).containsExactly("staff", "staff");
        assertThat(news.getList("items.data.cause")).containsExactly("booked", "changed");
        String made = news.getString("items[0].time");
        assertThat(news.getList("items.data.createdAt")).containsExactly(made, made);
        assertThat(news.getString("items[1].data.statusTimes.confirmed")).isEqualTo(made);
        assertThat(news.getString("items[0].data.leftDay")).isNull();
        assertThat(news.getString("items[1].data.leftDay.date")).isEqualTo(DATE);
        assertThat(news.getInt("items[1].data.leftDay.dayVersion"))
                .isEqualTo(news.getInt("items[0].data.dayVersion") + 1);
        assertThat(news.prettify()).doesNotContain("Ada", "maitre");
    }

    @Test
    void aWaitlistEntrysNewsSayItsPlaceAndKeepWhatWasAccepted() {
        publish("line-news", "T1");
        String table = booked("line-news", "19:00");
        String first = joined("line-news");
        String second = joined("line-news");
        post("/v1/reservations/" + table + "/cancel", "").then().statusCode(200);
        post("/v1/waitlist/" + first + "/accept", "").then().statusCode(200);
        JsonPath news = news("line-news", 8);
        Map<String, Map<String, Object>> told = new HashMap<>();
        for (Map<String, Object> item : news.<Map<String, Object>>getList("items")) {
            String subject = item.get("subject").equals(first)
                    ? "first"
                    : item.get("subject").equals(second) ? "second" : "";
            told.put(subject + item.get("type"), data(item));
        }
        assertThat(told.get("firstio.lasttable.waitlist.joined"))
                .containsEntry("position", 1)
                .containsKey("createdAt");
        assertThat(told.get("secondio.lasttable.waitlist.joined")).containsEntry("position", 2);
        Map<String, Object> offered = told.get("firstio.lasttable.waitlist.offered");
        assertThat(offered)
                .containsEntry("actor", "system")
                .containsEntry("cause", "offered")
                .doesNotContainKey("position");
        assertThat(told.get("firstio.lasttable.waitlist.accepted"))
                .containsEntry("offer", offered.get("offer"))
                .containsEntry("cause", "offer-accepted");
    }

    @Test
    void thatAGuestIsGoneIsNewsWithoutSayingWho() {
        publish("gone-news", "T1");
        String booked = post(
                        "/v1/venues/gone-news/reservations",
                        bookingJson(DATE, "19:00", "{\"name\":\"Leopoldina\",\"phone\":\"+33199001177\"}"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        post("/v1/guests/erase", "{\"phone\":\"+33199001177\"}").then().statusCode(200);
        JsonPath news = news("gone-news", 2);
        String ref = news.getString("items[0].data.guestRef");
        assertThat(news.getString("items[0].subject")).isEqualTo(booked);
        assertThat(news.getString("items[1].type")).isEqualTo("io.lasttable.guest.erased");
        assertThat(news.getString("items[1].subject")).isEqualTo(ref);
        assertThat(news.<String, String>getMap("items[1].data"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("venueId", "gone-news", "guestRef", ref));
    }

    /** docs/booking-api.md, "Starting on day 8": a place in the feed, then the pages, then the feed from that place. */
    @Test
    void whoStartsLateListsByVersionAndFollows() {
        publish("day-eight", "T1", "T2");
        String moved = booked("day-eight", "19:00");
        String cancelled = booked("day-eight", "20:30");
        assertThat(news("day-eight", 2).getList("items")).hasSize(2);

        String cursor = given().get("/v1/venues/day-eight/changes?after=now").path("cursor");
        post("/v1/reservations/" + cancelled + "/cancel", "").then().statusCode(200); // while the pages are read
        Map<String, Map<String, Object>> known = new HashMap<>();
        String next = "";
        do {
            JsonPath page = given().get(
                            "/v1/venues/day-eight/reservations?limit=1&updatedSince=1970-01-01T00:00:00Z" + next)
                    .jsonPath();
            page.<Map<String, Object>>getList("items").forEach(each -> keepNewest(known, each));
            next = page.getString("cursor") == null ? null : "&cursor=" + page.getString("cursor");
        } while (next != null);
        json().header("If-Match", "*")
                .body("{\"time\":\"21:00\"}")
                .patch("/v1/reservations/" + moved)
                .then()
                .statusCode(200);
        List<Map<String, Object>> followed = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonPath page =
                    given().get("/v1/venues/day-eight/changes?after=" + cursor).jsonPath();
            followed.clear();
            page.<Map<String, Object>>getList("items").forEach(item -> followed.add(data(item)));
            assertThat(followed).hasSize(2);
        });
        followed.forEach(each -> keepNewest(known, each));

        assertThat(known).containsOnlyKeys(moved, cancelled);
        assertThat(known.get(moved)).containsEntry("time", "21:00").containsEntry("version", 2);
        assertThat(known.get(cancelled)).containsEntry("status", "cancelled").containsEntry("version", 2);
    }

    private static void keepNewest(Map<String, Map<String, Object>> known, Map<String, Object> each) {
        known.merge(
                (String) each.get("id"),
                each,
                (had, found) -> (int) found.get("version") > (int) had.get("version") ? found : had);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> data(Map<String, Object> item) {
        return (Map<String, Object>) item.get("data");
    }

    private static String joined(String venue) {
        return post(
                        "/v1/venues/" + venue + "/waitlist",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Bo\"}}"
                                .formatted(DATE))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** The venue's first news, once there are so many. */
    private static JsonPath news(String venue, int count) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> given().get("/v1/venues/" + venue + "/changes").jsonPath(),
                        page -> page.getList("items").size() >= count);
    }
}
