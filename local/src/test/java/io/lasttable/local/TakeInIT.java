package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.Media;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Guests who stand at the door or call, as the host takes them in. */
class TakeInIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    @Test
    void whoCallsAgainIsFoundByAFewLettersAndBookedOnceThoughTheAnswerIsLost() throws Exception {
        api.publish("takes-calls", DATE);
        JsonObject guest = new JsonObject().put("name", "Ada Lovelace").put("phone", "+44 20 7946 0958");
        JsonObject before = new JsonObject()
                .put("date", DATE)
                .put("time", "17:30")
                .put("partySize", 2)
                .put("guest", guest);
        assertThat(api.book("takes-calls", before).statusCode()).isEqualTo(201);
        Page page = open("takes-calls");
        LostAnswers lost = LostAnswers.of(page, "/reservations", 1);
        page.getByTestId("phone-booking").click();
        page.getByTestId("take-time").fill("20:30");
        page.getByTestId("take-name").fill("lovel");
        page.getByTestId("known-guest").click();
        assertThat(page.getByTestId("take-phone")).hasValue("+442079460958");
        page.getByTestId("take-yes").click();
        assertThat(page.getByTestId("entry")).hasCount(2);
        assertThat(page.locator("#take")).not().isVisible();
        assertThat(lost.asked()).isEqualTo(2);
        JsonObject book = new JsonObject(api.read("/v1/venues/takes-calls/reservations?date=" + DATE));
        assertThat(book.getJsonArray("items")).hasSize(2);
        assertThat(book.encode()).contains("\"channel\":\"phone\"");
    }

    @Test
    void aTimeThatIsTakenIsSaidWithTheOnesThatAreFree() throws Exception {
        api.publish("takes-others", DATE);
        assertThat(api.book("takes-others", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("takes-others");
        page.getByTestId("phone-booking").click();
        page.getByTestId("take-time").fill("19:00");
        page.getByTestId("take-name").fill("Bob");
        page.getByTestId("take-yes").click();
        assertThat(page.locator("#take-error")).containsText("Somebody else was faster");
        page.getByTestId("alternative").first().click();
        page.getByTestId("take-yes").click();
        assertThat(page.getByTestId("entry")).hasCount(2);
    }

    @Test
    void whatTheHouseHasLaidDownIsSetAsideByItsNameAndTheHistoryKeepsIt() throws Exception {
        api.publish("sets-aside", DATE, TakeInIT::twoTablesAndASmallKitchen);
        assertThat(api.book("sets-aside", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("sets-aside");
        page.getByTestId("phone-booking").click();
        page.getByTestId("take-time").fill("19:00");
        page.getByTestId("take-name").fill("Bob");
        page.getByTestId("take-yes").click();
        assertThat(page.locator("#take-error")).containsText("the kitchen takes no more guests");
        page.getByTestId("all-the-same").dblclick();
        assertThat(page.getByTestId("entry")).hasCount(2);
        assertThat(page.locator("#take")).isHidden();
        String bob = new JsonObject(api.read("/v1/venues/sets-aside/reservations?q=Bob&from=" + DATE + "&to=" + DATE))
                .getJsonArray("items")
                .getJsonObject(0)
                .getString("id");
        assertThat(api.read("/v1/reservations/" + bob + "/history")).contains("\"overrides\":[\"pacing\"]");
    }

    /** The second of two clicks on "Book", wherever it falls. */
    @Test
    void nothingIsSetAsideBeforeItsNameCanHaveBeenRead() throws Exception {
        api.publish("sets-aside-late", DATE, TakeInIT::twoTablesAndASmallKitchen);
        assertThat(api.book("sets-aside-late", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("sets-aside-late");
        page.getByTestId("phone-booking").click();
        page.getByTestId("take-time").fill("19:00");
        page.getByTestId("take-name").fill("Bob");
        page.evaluate("""
                () => new MutationObserver(() => document.querySelector('[data-testid=all-the-same]')?.click())
                  .observe(document.getElementById('take-found'), { childList: true })""");
        page.getByTestId("take-yes").click();
        assertThat(page.getByTestId("all-the-same")).isEnabled();
        assertThat(page.locator("#take-error")).containsText("the kitchen takes no more guests");
        assertThat(page.getByTestId("entry")).hasCount(1);
    }

    @Test
    void whatIsTypedMeanwhileSetsNothingAsideThatWasNotAskedAbout() throws Exception {
        api.publish("sets-aside-other", DATE, TakeInIT::twoTablesAndASmallKitchen);
        assertThat(api.book("sets-aside-other", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("sets-aside-other");
        List<Route> asked = new CopyOnWriteArrayList<>();
        page.route("**/venues/sets-aside-other/reservations", asked::add);
        page.getByTestId("phone-booking").click();
        page.getByTestId("take-time").fill("19:00");
        page.getByTestId("take-name").fill("Bob");
        page.getByTestId("take-yes").click();
        page.waitForCondition(() -> !asked.isEmpty());
        page.getByTestId("take-time").fill("20:30");
        page.unrouteAll();
        asked.get(0).resume();
        assertThat(page.locator("#take-error")).containsText("the kitchen takes no more guests");
        assertThat(page.getByTestId("all-the-same")).hasCount(0);
        assertThat(page.getByTestId("take-yes")).isEnabled();
    }

    private static void twoTablesAndASmallKitchen(JsonObject venue) {
        JsonObject second = new JsonObject().put("id", "T2").put("minCovers", 1).put("maxCovers", 2);
        venue.getJsonArray("tables").add(second);
        JsonObject dinner = venue.getJsonArray("servicePeriods").getJsonObject(0);
        dinner.put("pacing", new JsonObject().put("maxCoversPerSlot", 2));
    }

    @Test
    void whoMayNotSetItAsideIsToldSo() throws Exception {
        String tomorrow = LocalDate.now().plusDays(1).toString();
        api.publish(
                "may-not",
                tomorrow,
                venue -> venue.getJsonObject("bookingWindow").put("maxDaysAhead", 3));
        Page page = open("may-not");
        page.route("**/local/token?*", route -> {
            String less = route.request().url().replace("+reservations%3Aoverride", "");
            var answer = route.fetch(new Route.FetchOptions().setUrl(less));
            route.fulfill(new Route.FulfillOptions().setResponse(answer));
        });
        page.getByTestId("phone-booking").click();
        page.getByTestId("take-time").fill("19:00");
        page.getByTestId("take-name").fill("Bob");
        page.getByTestId("take-yes").click();
        assertThat(page.locator("#take-error")).containsText("further ahead than the house takes bookings");
        page.getByTestId("all-the-same").click();
        assertThat(page.locator("#take-error")).containsText("Your account may not set this aside");
        assertThat(page.getByTestId("take-name")).hasValue("Bob");
    }

    @Test
    void aNameLeadsToWhatTheHouseKnowsOfItsGuest() throws Exception {
        api.publish("knows-guests", DATE);
        JsonObject guest = new JsonObject().put("name", "Ada Lovelace").put("phone", "+44 20 7946 0959");
        JsonObject wanted = new JsonObject()
                .put("date", DATE)
                .put("time", "19:00")
                .put("partySize", 2)
                .put("guest", guest);
        assertThat(api.book("knows-guests", wanted).statusCode()).isEqualTo(201);
        Page page = open("knows-guests");
        askAboutTheGuest(page);
        assertThat(page.locator("#about")).containsText("Nothing is noted of this guest.");
        page.getByTestId("about-close").click();
        JsonObject profile = new JsonObject()
                .put("venueId", "knows-guests")
                .put("phones", new JsonArray().add("+442079460959"))
                .put("tags", new JsonArray().add("regular"))
                .put("allergies", "peanuts");
        Api staff = new Api(RunningPlatform.url(), "guests:read%20guests:write");
        assertThat(staff.post("/v1/guests/profiles", profile).statusCode()).isEqualTo(201);
        askAboutTheGuest(page);
        assertThat(page.locator("#about")).containsText("peanuts");
        assertThat(page.locator("#about")).containsText("regular");
        assertThat(page.locator("#about")).containsText("confirmed");
    }

    @Test
    void theEveningIsPrintedWithoutWhatOnlyAScreenCanDo() throws Exception {
        api.publish("printed", DATE);
        assertThat(api.book("printed", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("printed");
        assertThat(page.getByTestId("entry")).hasCount(1);
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.getByTestId("entry").locator(".name")).isVisible();
        assertThat(page.getByTestId("entry-cancel")).isHidden();
        assertThat(page.locator("#search")).isHidden();
    }

    /** A click just after the list has moved, as it does when the page comes to live, is answered with a word: then again. */
    private static void askAboutTheGuest(Page page) {
        Locator about = page.locator("#about[open]");
        for (int tries = 0; tries < 10 && about.count() == 0; tries++) {
            page.getByTestId("about").click();
            try {
                about.waitFor(new Locator.WaitForOptions().setTimeout(1_000));
            } catch (TimeoutError e) {
                assertThat(about).hasCount(0);
            }
        }
        assertThat(about).isVisible();
    }

    private static Page open(String venue) {
        Page page = browser.context().newPage();
        var answer = page.navigate(RunningPlatform.url() + "/staff.html?venue=" + venue + "&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        return page;
    }
}
