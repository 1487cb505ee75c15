package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A restaurant's hours, tables and special days, tried before they are published. */
class SetUpIT extends BrowserStories {

    /** Keeps what is published under way until {@code arrive()} lets it go and gives its status; the page hears no answer. */
    private static final String LATE = """
            (end) => {
              const ask = window.fetch;
              window.fetch = async (path, request) => {
                if (request?.method !== 'PUT' || !path.endsWith(end)) return ask(path, request);
                window.arrive ??= async () => {
                  window.fetch = ask;
                  return (await ask(path, { ...request, signal: undefined })).status;
                };
                throw new TypeError('No answer has come');
              };
            }""";

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    @Test
    void whoHasBookedOnADayThatShallBeClosedIsNamedAndNothingChanges() throws Exception {
        api.publish("set-up-named", DATE);
        assertThat(api.book("set-up-named", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("set-up-named");
        page.getByTestId("add-special").click();
        page.getByTestId("special-day").locator("input[type=date]").fill(DATE);
        assertThat(page.getByTestId("in-the-way")).containsText("Ada");
        assertThat(page.getByTestId("publish")).isDisabled();
        assertThat(api.get("/v1/venues/set-up-named")).doesNotContain(DATE);
    }

    @Test
    void whatIsPublishedIsWhatWasTried() throws Exception {
        api.publish("set-up-done", DATE);
        Page page = open("set-up-done");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        await().until(() -> api.get("/v1/venues/set-up-done").contains("\"T2\""));
    }

    @Test
    void theHousesNumberItsCutOffAndTheTimeToMakeATableReadyAreLaidDownAndTakenBack() throws Exception {
        api.publish("set-up-rules", DATE);
        Page page = open("set-up-rules");
        page.getByLabel("Telephone").fill("+44 20 7946 0958");
        page.getByLabel("Today is booked until").fill("16:00");
        page.getByLabel("Minutes to make a table ready").fill("15");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        JsonObject venue = venue("set-up-rules");
        assertThat(venue.getString("phone")).isEqualTo("+442079460958");
        assertThat(venue.getJsonObject("bookingWindow").getString("sameDayCutoff"))
                .isEqualTo("16:00");
        assertThat(venue.getString("turnBuffer")).isEqualTo("PT15M");
        page.getByLabel("Today is booked until").fill("");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        assertThat(venue("set-up-rules").getJsonObject("bookingWindow").getString("sameDayCutoff"))
                .isNull();
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsNotWrittenOver() throws Exception {
        api.publish("set-up-raced", DATE);
        Page page = open("set-up-raced");
        Page other = open("set-up-raced");
        other.getByTestId("add-table").click();
        other.getByTestId("publish").click();
        assertThat(other.getByTestId("check")).containsText("Published.");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).not().containsText("nobody is in the way");
        assertThat(page.getByTestId("publish")).isDisabled();
    }

    @Test
    void aDayWithHoursOfItsOwnNamesWhoWouldComeOutsideThem() throws Exception {
        api.publish("set-up-hours", DATE);
        assertThat(api.book("set-up-hours", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("set-up-hours");
        page.getByTestId("add-special").click();
        Locator special = page.getByTestId("special-day");
        special.locator("input[type=date]").fill(DATE);
        assertThat(special.locator("select").selectOption("open")).containsExactly("open");
        special.locator("input[type=time]").first().fill("12:00");
        special.locator("input[type=time]").last().fill("14:00");
        assertThat(page.getByTestId("in-the-way")).containsText("Ada");
        special.locator("input[type=time]").last().fill("19:00");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        JsonObject day = venue("set-up-hours").getJsonArray("specialDays").getJsonObject(0);
        assertThat(day.getString("date")).isEqualTo(DATE);
        assertThat(day.getJsonArray("servicePeriods").getJsonObject(0).getString("firstSeating"))
                .isEqualTo("12:00");
        await().until(() -> api.get("/v1/venues/set-up-hours/days/" + DATE).contains("\"12:00\""));
    }

    @Test
    void aHolidayOfEveryYearAndHoursFromADateOnArePublished() throws Exception {
        api.publish("set-up-seasons", DATE);
        assertThat(api.book("set-up-seasons", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("set-up-seasons");
        page.getByTestId("add-season").click();
        Locator season = page.getByTestId("season");
        season.locator("input[type=date]").first().fill(DATE);
        season.locator("input[type=date]").last().fill(DATE);
        assertThat(page.getByTestId("in-the-way")).containsText("Ada");
        String after = LocalDate.parse(DATE).plusDays(1).toString();
        season.locator("input[type=date]").first().fill(after);
        season.locator("input[type=date]").last().fill(after);
        season.locator("input[type=checkbox]").first().check();
        page.getByTestId("add-schedule").click();
        page.getByTestId("schedule")
                .locator("input[type=date]")
                .fill(LocalDate.parse(DATE).plusDays(2).toString());
        page.getByTestId("schedule").locator("input[type=time]").first().fill("18:00");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        JsonObject stored = venue("set-up-seasons").getJsonArray("seasons").getJsonObject(0);
        assertThat(stored.getBoolean("yearly")).isTrue();
        assertThat(stored.getBoolean("closed")).isTrue();
        assertThat(venue("set-up-seasons").getJsonArray("schedules")).hasSize(1);
    }

    @Test
    void aTableIsPlacedByKeyboardAndByHandAndTheHostsScreenShowsItThere() throws Exception {
        api.publish("set-up-plan", DATE);
        assertThat(api.book("set-up-plan", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("set-up-plan");
        page.getByTestId("plan-T1").focus();
        page.keyboard().press("Shift+ArrowRight");
        page.keyboard().press("ArrowDown");
        assertThat(page.getByTestId("plan-T1")).isFocused();
        assertThat(page.getByTestId("plan-T1"))
                .hasAttribute("aria-label", "Table T1, 1.1 m from the left, 0.7 m from the top");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        assertThat(page.getByTestId("plan-T1")).isFocused();
        BoundingBox at = page.getByTestId("plan-T1").boundingBox();
        page.mouse().move(at.x + at.width / 2, at.y + at.height / 2);
        page.mouse().down();
        page.mouse().move(at.x + at.width / 2 + 100, at.y + at.height / 2);
        page.mouse().move(at.x + at.width / 2 + 200, at.y + at.height / 2);
        page.mouse().up();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        JsonObject position =
                venue("set-up-plan").getJsonArray("tables").getJsonObject(0).getJsonObject("position");
        assertThat(position.getInteger("x")).isGreaterThan(200).matches(x -> x % 10 == 0);
        assertThat(position.getInteger("y")).isEqualTo(70);
        assertThat(new JsonObject(api.get("/v1/venues/set-up-plan/days/" + DATE)).getInteger("version"))
                .as("a plan that is drawn anew is nothing to a guest")
                .isEqualTo(2);
    }

    @Test
    void whatIsPublishedThoughTheAnswerIsLostIsKnownAndADraftThatIsNotIsKept() throws Exception {
        api.publish("set-up-lost", DATE);
        Page page = open("set-up-lost");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.route("**/v1/venues/set-up-lost", route -> {
            if (route.request().method().equals("PUT")) {
                route.abort();
            } else {
                route.resume();
            }
        });
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("does not stand yet");
        assertThat(page.getByTestId("table")).hasCount(2);
        page.unrouteAll();
        LostAnswers.of(page, "PUT", "/v1/venues/set-up-lost", Integer.MAX_VALUE);
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        assertThat(venue("set-up-lost").getJsonArray("tables")).hasSize(2);
    }

    @Test
    void whatIsTypedWhileItAsksWhatAPublishHasBecomeIsKeptAndTriedBehindIt() throws Exception {
        api.publish("set-up-typed", DATE);
        Page page = open("set-up-typed");
        List<Route> looks = new CopyOnWriteArrayList<>();
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("publish")).isEnabled();
        LostAnswers.of(page, "PUT", "/v1/venues/set-up-typed", 1);
        page.route("**/v1/venues/set-up-typed", route -> {
            if (route.request().method().equals("PUT")) {
                route.resume();
            } else {
                looks.add(route);
            }
        });
        page.getByTestId("publish").press("Enter");
        page.waitForCondition(() -> !looks.isEmpty());
        Locator number = page.getByLabel("Telephone");
        number.pressSequentially("+44 20 7946");
        looks.get(0).resume();
        page.unroute("**/v1/venues/set-up-typed");
        number.pressSequentially(" 0958");
        assertThat(number).isFocused();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        assertThat(number).hasValue("+44 20 7946 0958");
        assertThat(page.getByTestId("publish")).isEnabled();
        page.getByTestId("publish").press("Enter");
        assertThat(page.getByTestId("check")).containsText("Published.");
        assertThat(page.getByTestId("publish")).isFocused();
        assertThat(venue("set-up-typed").getString("phone")).isEqualTo("+442079460958");
        assertThat(venue("set-up-typed").getJsonArray("tables")).hasSize(2);
    }

    @Test
    void anotherNumberThatStandsIsNotTakenForTheOneThatWasLost() throws Exception {
        api.publish("set-up-number", DATE);
        Page page = open("set-up-number");
        page.getByLabel("Telephone").fill("+44 20 7946 0958");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.route("**/v1/venues/set-up-number", route -> {
            if (route.request().method().equals("PUT")) {
                laysDown("set-up-number", "+44 20 7946 0000");
                route.abort();
            } else {
                route.resume();
            }
        });
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Somebody else has changed it");
        assertThat(page.getByLabel("Telephone")).hasValue("+44 20 7946 0958");
    }

    @Test
    void whatIsPublishedAndArrivesLateIsKnownAsOnesOwn() throws Exception {
        api.publish("set-up-late", DATE);
        Page page = open("set-up-late");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        Object done = page.evaluate(LATE, "/v1/venues/set-up-late");
        assert done == null;
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("does not stand yet");
        assertThat(page.evaluate("window.arrive()")).isEqualTo(200);
        page.getByLabel("Telephone").fill("+44 20 7946 0958");
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        assertThat(venue("set-up-late").getJsonArray("tables")).hasSize(2);
        assertThat(venue("set-up-late").getString("phone")).isEqualTo("+442079460958");
    }

    @Test
    void whatSomebodyElseHasTakenBackIsNotWrittenOver() throws Exception {
        api.publish("set-up-back", DATE);
        Page page = open("set-up-back");
        for (String phone : List.of("+44 20 7946 0958", "+44 20 7946 0959")) {
            page.getByLabel("Telephone").fill(phone);
            assertThat(page.getByTestId("check")).containsText("nobody is in the way");
            page.getByTestId("publish").click();
            assertThat(page.getByTestId("check")).containsText("Published.");
        }
        laysDown("set-up-back", "+442079460958");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).containsText("Somebody else has changed");
        assertThat(page.getByTestId("publish")).isDisabled();
        assertThat(venue("set-up-back").getString("phone")).isEqualTo("+442079460958");
    }

    @Test
    void whoComesBackToARestaurantThatIsBeingPublishedEditsNothingThatIsOld() throws Exception {
        api.publish("set-up-left", DATE);
        api.publish("set-up-other", DATE);
        Page page = open("set-up-left");
        page.onDialog(Dialog::accept);
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        List<Route> onTheWay = new CopyOnWriteArrayList<>();
        page.route("**/v1/venues/set-up-left", route -> {
            if (route.request().method().equals("PUT")) {
                onTheWay.add(route);
            } else {
                route.resume();
            }
        });
        page.getByTestId("publish").click();
        page.waitForCondition(() -> !onTheWay.isEmpty());
        for (String venue : List.of("set-up-other", "set-up-left")) {
            assertThat(page.locator("#venue")).isEnabled();
            assertThat(page.locator("#venue").selectOption(venue)).containsExactly(venue);
            page.waitForCondition(() -> page.url().contains("venue=" + venue));
        }
        assertThat(page.getByTestId("table")).hasCount(1);
        onTheWay.get(0).resume();
        page.waitForCondition(() -> tablesOf("set-up-left") == 2);
        page.getByLabel("Telephone").fill("+44 20 7946 0958");
        assertThat(page.getByTestId("check")).containsText("Somebody else has changed");
        assertThat(page.getByTestId("publish")).isDisabled();
    }

    private static int tablesOf(String venueId) {
        try {
            return venue(venueId).getJsonArray("tables").size();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsUnfoldedStaysSoWhileMoreIsAdded() throws Exception {
        api.publish("set-up-unfolded", DATE);
        Page page = open("set-up-unfolded");
        Locator stays = page.locator("details").first();
        int before = stays.locator(".row").count();
        // sooner than the browser tells that it is unfolded, as it may be while a page is busy
        stays.evaluate("(it) => ['summary', '.add'].forEach((each) => it.querySelector(each).click())");
        assertThat(stays.locator(".row")).hasCount(before + 1);
        assertThat(stays.locator(".add")).isFocused();
        assertThat(stays.locator("input").last()).isVisible();
        stays.locator("summary").press("Enter");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("table")).hasCount(2);
        assertThat(stays.locator("input").last()).not().isVisible();
    }

    /** Somebody else, at another screen. */
    private static void laysDown(String venueId, String phone) {
        try {
            JsonObject now = venue(venueId);
            String version = '"' + now.remove("version").toString() + '"';
            assertThat(api.put("/v1/venues/" + venueId, now.put("phone", phone), version)
                            .statusCode())
                    .isEqualTo(200);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject venue(String venueId) throws Exception {
        return new JsonObject(api.get("/v1/venues/" + venueId));
    }

    @Test
    void itBreaksNothingOfWcagAa() throws Exception {
        api.publish("set-up-look", DATE);
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            var options = new Browser.NewContextOptions()
                    .setBypassCSP(true)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setColorScheme(scheme);
            if (scheme == ColorScheme.DARK) {
                options = options.setViewportSize(360, 740);
            }
            Page page = open("set-up-look", options);
            Axe.finds(page).isEmpty();
            String name = "set-up-" + scheme.name().toLowerCase(Locale.ROOT) + ".png";
            byte[] made = page.screenshot(
                    new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)).setFullPage(true));
            assertThat(made).hasSizeGreaterThan(10_000);
            Object sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth");
            assertThat(((Number) sideways).intValue()).as(name).isLessThanOrEqualTo(0);
        }
    }

    private static Page open(String venue) {
        return open(venue, new Browser.NewContextOptions());
    }

    private static Page open(String venue, Browser.NewContextOptions options) {
        Page page = browser.context(options).newPage();
        var answer = page.navigate(RunningPlatform.url() + "/setup.html?venue=" + venue);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("table")).hasCount(1);
        return page;
    }
}
