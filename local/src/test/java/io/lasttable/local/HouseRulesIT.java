package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a house has laid down, as its guests see it: until when a day is booked, whom to call, where a service seats, and which hours a date has. */
class HouseRulesIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final String PHONE = "+442079460958";

    private static ForeignSite today;
    private static ForeignSite later;

    @BeforeAll
    static void launch() throws Exception {
        today = ForeignSite.open(RunningPlatform.url(), Noon.DATE);
        later = ForeignSite.open(RunningPlatform.url(), DATE);
    }

    @AfterAll
    static void quit() {
        for (ForeignSite site : new ForeignSite[] {today, later}) {
            if (site != null) {
                site.close();
            }
        }
    }

    @Test
    void whoComesAfterTheCutOffIsToldWhomToCall() throws Exception {
        api.publish("cut-off", Noon.DATE, venue -> endsAt("00:00").accept(venue.put("phone", PHONE)));
        Page guest = guest("cut-off", Noon.DATE);
        assertThat(guest.locator("#message")).containsText("takes no more bookings for this day here");
        assertThat(guest.locator("#message").getByTestId("call")).hasAttribute("href", "tel:+442079460958");
        assertThat(guest.locator(".slot")).hasCount(0);
        assertThat(guest.locator("#full")).isHidden();
        Page widget = widget(today, "cut-off");
        assertThat(widget.locator("[part=message][role=status]").getByTestId("call"))
                .isVisible();
        assertThat(widget.locator("[part=message][role=status]"))
                .containsText("takes no more bookings for this day here");
    }

    @Test
    void theCutOffIsSaidBeforehandAndPassesWhileOneLooks() throws Exception {
        api.publish("cuts-off", Noon.DATE, endsAt("16:00"));
        Page page = browser.context().newPage();
        var start = LocalDate.parse(Noon.DATE).atTime(15, 30).atZone(Noon.ZONE).toInstant();
        page.clock().install(new Clock.InstallOptions().setTime(start.toEpochMilli()));
        show(page, "cuts-off", Noon.DATE);
        assertThat(page.locator("#message")).containsText("Can be booked here until 16:00");
        assertThat(page.getByTestId("slot-19:00")).isVisible();
        page.clock().fastForward("31:00");
        assertThat(page.getByTestId("slot-19:00")).hasCount(0);
        assertThat(page.locator("#message")).containsText("takes no more bookings");
    }

    @Test
    void aClockThatIsWrongIsToldByTheHouse() throws Exception {
        api.publish("cut-off-late", DATE, venue -> venue.put("phone", PHONE));
        Page page = guest("cut-off-late", DATE);
        JsonObject problem = new JsonObject()
                .put("type", "/problems/past-cutoff")
                .put("status", 422)
                .put("phone", PHONE);
        page.route(
                "**/venues/cut-off-late/reservations",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(422)
                        .setContentType("application/problem+json")
                        .setBody(problem.encode())));
        page.getByTestId("slot-19:00").click();
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.locator("#booking-error")).containsText("Call " + PHONE);
    }

    @Test
    void aServiceThatSeatsInAPartOfTheHouseOffersNobodyMoreThanItTakes() throws Exception {
        api.publish("in-part", DATE, HouseRulesIT::dinnerInTheMainRoomOnly);
        Page guest = guest("in-part", DATE);
        guest.getByTestId("party-size").fill("4");
        assertThat(guest.getByTestId("slot-12:00")).isEnabled();
        assertThat(guest.getByTestId("slot-19:00")).containsText("not for 4");
        assertThat(guest.getByTestId("wait-19:00")).isHidden();
        Page widget = widget(later, "in-part");
        widget.getByLabel("One guest more").click();
        widget.getByLabel("One guest more").click();
        assertThat(widget.getByTestId("slot-12:00")).isEnabled();
        assertThat(widget.getByTestId("slot-19:00")).containsText("not for 4");
    }

    @Test
    void aDateHasTheHoursOfItsSeasonInTheMonthAndOverItsTimes() throws Exception {
        api.publish("in-season", DATE, venue -> {
            JsonObject dinner = venue.getJsonArray("servicePeriods").getJsonObject(0);
            JsonObject summer = dinner.copy().put("name", "garden");
            summer.remove("days");
            String weekday = LocalDate.parse(DATE)
                    .plusDays(1)
                    .getDayOfWeek()
                    .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                    .toUpperCase(Locale.ROOT);
            venue.put("servicePeriods", new JsonArray().add(dinner.copy().put("days", new JsonArray().add(weekday))));
            venue.put(
                    "seasons",
                    new JsonArray()
                            .add(new JsonObject()
                                    .put("firstDate", DATE)
                                    .put("lastDate", DATE)
                                    .put("servicePeriods", new JsonArray().add(summer))));
        });
        Page widget = widget(later, "in-season");
        assertThat(widget.getByTestId("day-" + DATE)).hasAttribute("data-state", "open");
        assertThat(widget.locator(".service h3")).containsText("Garden");
        assertThat(guest("in-season", DATE).locator(".service h3")).containsText("Garden");
    }

    @Test
    void theHousesNumberIsThereBeforeItIsNeeded() throws Exception {
        api.publish("can-be-called", DATE, venue -> venue.put("phone", PHONE));
        assertThat(guest("can-be-called", DATE).locator("#venue-line").getByTestId("call"))
                .hasText(PHONE);
        assertThat(widget(later, "can-be-called").getByTestId("call")).hasText(PHONE);
    }

    private static Consumer<JsonObject> endsAt(String cutoff) {
        return venue -> venue.put("timeZone", Noon.ZONE.getId())
                .getJsonObject("bookingWindow")
                .put("sameDayCutoff", cutoff);
    }

    private static void dinnerInTheMainRoomOnly(JsonObject venue) {
        JsonObject dinner = venue.getJsonArray("servicePeriods").getJsonObject(0);
        dinner.put(
                "turnTimes",
                new JsonArray().add(new JsonObject().put("upToPartySize", 4).put("duration", "PT1H30M")));
        JsonObject lunch =
                dinner.copy().put("name", "lunch").put("firstSeating", "12:00").put("lastSeating", "14:00");
        dinner.put("floorPlan", new JsonObject().put("areas", List.of("main")));
        venue.put("servicePeriods", new JsonArray().add(lunch).add(dinner));
        venue.put("tables", new JsonArray().add(table("M1", 2, "main")).add(table("T1", 4, "terrace")));
    }

    private static JsonObject table(String id, int covers, String area) {
        return new JsonObject()
                .put("id", id)
                .put("minCovers", 1)
                .put("maxCovers", covers)
                .put("area", area);
    }

    private static Page guest(String venue, String date) {
        Page page = browser.context().newPage();
        show(page, venue, date);
        return page;
    }

    private static void show(Page page, String venue, String date) {
        var answer = page.navigate(RunningPlatform.url() + "/?venue=" + venue + "&partySize=2&date=" + date);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
    }

    private static Page widget(ForeignSite site, String venue) throws Exception {
        Page page = browser.context().newPage();
        assertThat(page.navigate(site.page(venue, site.key(api, venue), "en-GB"))
                        .ok())
                .isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        return page;
    }
}
