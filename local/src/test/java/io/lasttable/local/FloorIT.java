package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The evening as the house stands, on two screens: at a venue that is open around the clock, in whose zone it is about noon. */
class FloorIT extends BrowserStories {

    private static final ZoneId ZONE = Noon.ZONE;
    private static final String DATE = Noon.DATE;

    @Test
    void whoStandsAtTheDoorIsSeatedAtTheTableThatIsTappedAndEveryScreenSeesIt() throws Exception {
        publish("floor-walk-in");
        Page host = open("floor-walk-in");
        Page other = open("floor-walk-in");
        assertThat(host.getByTestId("room")).hasCount(2);
        shows(host, "T1", "free");
        host.getByTestId("stand-T1").click();
        host.getByTestId("walk-in-here").click();
        assertThat(host.locator("#take-where")).containsText("T1");
        host.getByTestId("take-yes").click();
        shows(host, "T1", "seated");
        shows(other, "T1", "seated");
        shows(other, "T2", "free");
    }

    @Test
    void aPartyThatLeavesFreesItsTableAndTheSlipIsTakenBack() throws Exception {
        publish("floor-finish");
        JsonObject walkIn =
                new JsonObject().put("channel", "walk-in").put("partySize", 2).put("tables", new JsonArray().add("T2"));
        assertThat(api.book("floor-finish", walkIn).statusCode()).isEqualTo(201);
        Page host = open("floor-finish");
        Page other = open("floor-finish");
        shows(host, "T2", "seated");
        host.getByTestId("stand-T2").click();
        atTable(host, "entry-finish").click();
        host.getByTestId("sure-yes").click();
        shows(other, "T2", "free");
        assertThat(host.locator("#at-table")).not().isVisible();
        host.getByTestId("undo").click();
        shows(other, "T2", "seated");
        shows(host, "T2", "seated");
    }

    @Test
    void whoComesSoonIsSeenAndSeatedAndWhoStaysTooLongIsSeen() throws Exception {
        publish("floor-soon");
        assertThat(api.book("floor-soon", bookingSoon("T2")).statusCode()).isEqualTo(201);
        Page host = open("floor-soon");
        shows(host, "T2", "soon");
        assertThat(host.getByTestId("stand-T2"))
                .hasAttribute("aria-label", Pattern.compile("Table T2, 4 guests: soon: .*, Ada, 2 guests"));
        host.getByTestId("stand-T2").click();
        atTable(host, "entry-seat").click();
        shows(host, "T2", "seated");
        Clocks.goOn(host, Duration.ofHours(3));
        assertThat(api.book("floor-soon", bookingSoon("T1")).statusCode()).isEqualTo(201);
        shows(host, "T2", "over");
    }

    @Test
    void theEveningIsLookedAtAheadOfTime() throws Exception {
        publish("floor-later");
        assertThat(api.book("floor-later", bookingSoon("T2")).statusCode()).isEqualTo(201);
        Page host = open("floor-later");
        shows(host, "T2", "soon");
        host.getByTestId("floor-at").focus();
        for (int quarter = 0; quarter < 4; quarter++) {
            host.keyboard().press("ArrowRight");
        }
        shows(host, "T2", "due");
        host.getByTestId("floor-now").click();
        shows(host, "T2", "soon");
    }

    @Test
    void tablesAreReachedByKeyboardAsTheyStand() throws Exception {
        publish("floor-keys");
        Page host = open("floor-keys");
        host.getByTestId("stand-T1").focus();
        host.keyboard().press("ArrowRight");
        assertThat(host.getByTestId("stand-T2")).isFocused();
        host.keyboard().press("ArrowLeft");
        assertThat(host.getByTestId("stand-T1")).isFocused();
        host.keyboard().press("Enter");
        assertThat(host.locator("#at-table-title")).containsText("T1");
        host.keyboard().press("Escape");
        assertThat(host.getByTestId("stand-T1")).isFocused();
    }

    @Test
    void aTableThatIsOpenedBeforeTheBrowserTellsThatAnotherWasLeftIsFollowed() throws Exception {
        publish("floor-hasty");
        Page host = open("floor-hasty");
        host.getByTestId("stand-T1").click();
        assertThat(host.locator("#at-table-title")).containsText("T1");
        host.evaluate(
                "['at-table-close', 'stand-T2'].forEach((each) => document.querySelector(`[data-testid=${each}]`).click())");
        assertThat(host.locator("#at-table-title")).containsText("T2");
        assertThat(api.book("floor-hasty", bookingSoon("T2")).statusCode()).isEqualTo(201);
        shows(host, "T2", "soon");
        assertThat(host.getByTestId("at-table-entry")).containsText("Ada");
    }

    @Test
    void aViewThatComesLateTakesNotThePlaceOfTheOneThatIsLookedAt() throws Exception {
        publish("floor-late");
        Page host = open("floor-late");
        shows(host, "T1", "free");
        List<Route> sent = new CopyOnWriteArrayList<>();
        host.route("**/tables.js*", sent::add);
        host.locator("#view-tables").click();
        host.waitForCondition(() -> !sent.isEmpty());
        host.locator("#view-floor").click();
        host.locator("#view-floor").click();
        sent.get(0).resume();
        assertThat(host.evaluate(
                        "(url) => import(url).then(() => true)",
                        sent.get(0).request().url()))
                .isEqualTo(true);
        assertThat(host.locator("#view-floor")).hasAttribute("aria-pressed", "true");
        assertThat(host.locator("#tables")).isHidden();
    }

    @Test
    void whatIsDoneLateLeavesTheTableThatIsLookedAtOpen() throws Exception {
        publish("floor-late-deed");
        JsonObject walkIn =
                new JsonObject().put("channel", "walk-in").put("partySize", 2).put("tables", new JsonArray().add("T2"));
        assertThat(api.book("floor-late-deed", walkIn).statusCode()).isEqualTo(201);
        Page host = open("floor-late-deed");
        shows(host, "T2", "seated");
        List<Route> sent = new CopyOnWriteArrayList<>();
        host.route("**/finish", sent::add);
        host.getByTestId("stand-T2").click();
        atTable(host, "entry-finish").click();
        host.getByTestId("sure-yes").click();
        host.waitForCondition(() -> !sent.isEmpty());
        host.getByTestId("at-table-close").click();
        host.getByTestId("stand-T1").click();
        sent.get(0).resume();
        assertThat(host.getByTestId("undo-offer")).isVisible();
        assertThat(host.locator("#at-table-title")).containsText("T1");
        assertThat(host.locator("#at-table")).isVisible();
    }

    @Test
    void itBreaksNothingOfWcagAa() throws Exception {
        publish("floor-look");
        assertThat(api.book("floor-look", bookingSoon("T2")).statusCode()).isEqualTo(201);
        var options = new Browser.NewContextOptions().setBypassCSP(true).setReducedMotion(ReducedMotion.REDUCE);
        Page host = open("floor-look", options);
        shows(host, "T2", "soon");
        Axe.finds(host).isEmpty();
        picture(host, "floor.png");
        host.getByTestId("stand-T2").click();
        assertThat(atTable(host, "entry-seat")).isEnabled();
        assertThat(host.getByTestId("walk-in-here")).hasAttribute("aria-disabled", "false");
        Axe.finds(host).isEmpty();
        picture(host, "floor-table.png");
        Page arabic = open("floor-look", new Browser.NewContextOptions().setLocale("ar-EG"));
        shows(arabic, "T2", "soon");
        picture(arabic, "floor-ar.png");
    }

    private static void picture(Page page, String name) {
        byte[] made = page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
        assertThat(made).hasSizeGreaterThan(10_000);
    }

    private static Locator atTable(Page page, String button) {
        return page.getByTestId("at-table-entry").getByTestId(button);
    }

    private static void shows(Page page, String table, String state) {
        assertThat(page.getByTestId("stand-" + table)).hasAttribute("data-state", state);
    }

    /** At the first start that is five minutes away, which leaves time to look and is near enough to be seated. */
    private static JsonObject bookingSoon(String table) {
        LocalTime soon = ZonedDateTime.now(ZONE).plusMinutes(5).toLocalTime();
        LocalTime next = soon.truncatedTo(ChronoUnit.HOURS).plusMinutes(soon.getMinute() / 15 * 15 + 15L);
        return new JsonObject()
                .put("date", DATE)
                .put("time", next.toString())
                .put("partySize", 2)
                .put("tables", new JsonArray().add(table))
                .put("guest", new JsonObject().put("name", "Ada"));
    }

    /** Two tables in the main room, beside each other, and one on the terrace that nobody has placed. */
    private static void publish(String venue) throws Exception {
        JsonObject wanted = new JsonObject(api.get("/v1/venues/the-last-table"));
        wanted.remove("version");
        JsonObject hours = wanted.getJsonArray("servicePeriods").getJsonObject(0);
        assertThat(hours.put("firstSeating", "00:00")
                        .put("lastSeating", "23:30")
                        .put("slotInterval", "PT15M"))
                .isNotNull();
        wanted = wanted.put("venueId", venue)
                .put("timeZone", ZONE.getId())
                .put(
                        "tables",
                        new JsonArray()
                                .add(table("T1", 2, "main").put("position", position(100, "round")))
                                .add(table("T2", 4, "main").put("position", position(600, "rectangle")))
                                .add(table("T3", 2, "terrace")));
        var published = api.put("/v1/venues/" + venue, wanted);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        await().until(() -> api.get("/v1/venues/" + venue + "/days/" + DATE).contains("\"version\":1"));
    }

    private static JsonObject table(String id, int covers, String area) {
        return new JsonObject()
                .put("id", id)
                .put("minCovers", 1)
                .put("maxCovers", covers)
                .put("area", area);
    }

    private static JsonObject position(int x, String shape) {
        return new JsonObject()
                .put("x", x)
                .put("y", 100)
                .put("width", 160)
                .put("height", 160)
                .put("shape", shape)
                .put("rotation", 0);
    }

    private static Page open(String venue) {
        return open(venue, new Browser.NewContextOptions());
    }

    private static Page open(String venue, Browser.NewContextOptions options) {
        Page page = browser.context(options).newPage();
        var answer =
                page.navigate(RunningPlatform.url() + "/staff.html?venue=" + venue + "&date=" + DATE + "&view=floor");
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        Locator first = page.getByTestId("stand-T1");
        assertThat(first).hasAttribute("data-state", Pattern.compile("free|soon|seated"));
        return page;
    }
}
