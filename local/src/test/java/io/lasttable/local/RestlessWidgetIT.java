package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The widget where nothing stays put: guests leave the page, answers are lost, and the site takes it out and puts it back. */
class RestlessWidgetIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    private static ForeignSite site;

    @BeforeAll
    static void launch() throws Exception {
        site = ForeignSite.open(RunningPlatform.url(), DATE);
    }

    @AfterAll
    static void quit() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void whatIsHeldForOneselfIsNeitherShownNorToldAsSomebodyElses() throws Exception {
        Page page = open("held-by-me");
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        assertThat(page.getByTestId("slot-20:00")).containsText("taken"); // the day is told
        assertThat(page.getByTestId("slot-19:00")).containsText("asking");
        assertThat(page.locator("dialog .announce")).not().containsText("19:00 has just been taken");
    }

    @Test
    void aPageThatIsLeftGivesBackWhatItHeld() throws Exception {
        Page page = open("left-with-a-hold");
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        page.reload();
        assertThat(page.getByTestId("slot-19:00")).containsText("last table");
    }

    @Test
    void aHoldWhoseAnswerIsLostIsGivenBackByWhoeverGoesBack() throws Exception {
        Page page = open("lost-hold");
        LostAnswers lost = LostAnswers.of(page, "/holds", 3);
        page.getByTestId("slot-19:00").click();
        assertThat(page.locator("dialog .error")).containsText("No answer has come yet");
        page.getByTestId("back").click();
        page.waitForCondition(() -> lost.asked() > 3);
        assertThat(page.getByTestId("slot-19:00")).containsText("last table");
    }

    @Test
    void aDoubleClickOnBackReachesNothingBeneathTheDialog() throws Exception {
        Page page = open("through-widget");
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        Object reached = page.evaluate("""
                async () => {
                  const root = document.querySelector('lasttable-booking').shadowRoot;
                  root.querySelector('[data-testid=back]').click();
                  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                  const slot = root.querySelector('[data-testid="slot-20:30"]');
                  slot.scrollIntoView();
                  const { x, y, width, height } = slot.getBoundingClientRect();
                  return slot.contains(root.elementFromPoint(x + width / 2, y + height / 2));
                }""");
        assertThat(reached).isEqualTo(false);
    }

    @Test
    void aTimeThatIsChosenBeforeTheBrowserTellsThatAnotherWasLeftIsKept() throws Exception {
        Page page = open("hasty-widget");
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        page.evaluate("""
                () => {
                  const root = document.querySelector('lasttable-booking').shadowRoot;
                  for (const each of ['back', 'slot-20:30']) root.querySelector(`[data-testid="${each}"]`).click();
                }""");
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        assertThat(page.getByTestId("slot-19:00")).containsText("last table");
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 20:30");
    }

    /** Nor is one that never comes. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatComesAfterTheElementIsAboutAnotherVenueIsNobodys(boolean comes) throws Exception {
        String slow = "slow-" + comes;
        String quick = "quick-" + comes;
        api.publish(slow, DATE, venue -> venue.put("name", "Slow"));
        api.publish(quick, DATE, venue -> venue.put("name", "Quick"));
        Page page = browser.context().newPage();
        List<Route> held = new CopyOnWriteArrayList<>();
        page.route("**/v1/venues/" + slow, held::add);
        assertThat(page.navigate(site.page(slow, site.key(api, slow), "en-GB")).status())
                .isEqualTo(200);
        page.waitForCondition(() -> !held.isEmpty());
        page.evaluate("(quick) => document.querySelector('lasttable-booking').setAttribute('venue', quick)", quick);
        assertThat(page.getByTestId("slot-19:00")).containsText("last table");
        assertThat(page.locator("lasttable-booking h2[part=heading]")).containsText("Quick");
        List<Request> ended = new CopyOnWriteArrayList<>();
        page.onRequestFinished(ended::add);
        page.onRequestFailed(ended::add);
        if (comes) {
            held.get(0).resume();
        } else {
            held.get(0).abort();
        }
        page.waitForCondition(() -> ended.stream().anyMatch(each -> each.url().endsWith("/v1/venues/" + slow)));
        assertThat(page.evaluate("() => new Promise((resolve) => setTimeout(() => resolve(true), 300))"))
                .isEqualTo(true);
        assertThat(page.locator("lasttable-booking h2[part=heading]")).containsText("Quick");
        assertThat(page.getByText("Call us for a table")).not().isVisible();
    }

    @Test
    void aBookingThatIsAskedAboutIsNotHeldAnew() throws Exception {
        api.publish("asked-once", DATE, RestlessWidgetIT::withASecondTable);
        Page page = show("asked-once", browser.context());
        LostAnswers lost = LostAnswers.of(page, "/confirm", 3);
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.locator("dialog .error")).containsText("No answer has come yet");
        page.getByTestId("back").click();
        page.getByTestId("slot-19:00").click();
        assertThat(page.locator("dialog .error")).containsText("No answer has come yet");
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(lost.asked()).isEqualTo(4);
        assertThat(reservations("asked-once")).hasSize(1);
    }

    @Test
    void aMoveWhoseAnswerIsLostHasMovedTheOneBooking() throws Exception {
        Page page = changing("lost-move");
        LostAnswers lost = LostAnswers.of(page, "PATCH", "/v1/reservations/[^/]+", Integer.MAX_VALUE);
        page.getByTestId("slot-21:30").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 21:30");
        assertThat(page.getByTestId("moving")).isHidden();
        assertThat(lost.asked()).isEqualTo(1);
        assertThat(reservations("lost-move")).hasSize(1);
    }

    @Test
    void aMoveThatIsRefusedIsStillAMoveUntilItsGuestSaysThatItStays() throws Exception {
        Page page = changing("refused-move");
        AtomicInteger refused = answers(page, route -> {
            bookQuietly("refused-move", "21:30");
            route.resume();
        });
        page.getByTestId("slot-21:30").click();
        assertThat(page.getByTestId("moving")).containsText("21:30 is gone. Somebody else was faster.");
        assertThat(refused).hasValue(1);
        page.unrouteAll();
        page.getByTestId("slot-17:30").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 17:30");
        assertThat(reservations("refused-move")).hasSize(2);
        page.getByTestId("change").click();
        page.getByTestId("keep-as-it-is").click();
        assertThat(page.getByTestId("moving")).isHidden();
        page.getByTestId("slot-19:30").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
    }

    @Test
    void aSiteMayTakeItOutPutItBackAndAskForAnotherDay() throws Exception {
        Page page = open("moved-about");
        assertThat(page.evaluate("""
                () => {
                  const widget = document.querySelector('lasttable-booking');
                  for (let i = 0; i < 3; i++) {
                    widget.remove();
                    document.querySelector('main').append(widget);
                  }
                }""")).isNull();
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.getByTestId("booked")).hasCount(1);
        assertThat(reservations("moved-about")).hasSize(1);
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        assertThat(page.evaluate(
                        "date => document.querySelector('lasttable-booking').setAttribute('date', date)", next))
                .isNull();
        assertThat(page.getByTestId("day-" + next)).hasAttribute("aria-pressed", "true");
        assertThat(page.getByTestId("booked")).hasCount(1);
    }

    @Test
    void aKeyThatIsPutInAnothersPlaceIsTheOneThatIsUsed() throws Exception {
        Page page = open("key-changed");
        hold(page);
        page.getByTestId("back").click();
        set(page, "key", UUID.randomUUID().toString());
        page.getByTestId("slot-19:00").click();
        assertThat(page.locator("dialog .error")).not().isEmpty();
        assertThat(page.getByTestId("book-confirm")).isDisabled();
        page.getByTestId("back").click();
        set(page, "key", site.key(api, "key-changed"));
        hold(page);
    }

    @Test
    void eachOfTwoWidgetsOfARestaurantBooksWithItsOwnKey() throws Exception {
        api.publish("two-keys", DATE);
        Page page = show("two-keys", browser.context());
        assertThat(page.evaluate("""
                key => {
                  const first = document.querySelector('lasttable-booking');
                  const second = first.cloneNode();
                  second.setAttribute('key', key);
                  first.after(second);
                }""", UUID.randomUUID().toString())).isNull();
        Locator second = page.locator("lasttable-booking").nth(1);
        second.getByTestId("slot-19:00").click();
        assertThat(second.locator("dialog .error")).not().isEmpty();
        second.getByTestId("back").click();
        Locator first = page.locator("lasttable-booking").first();
        first.getByTestId("slot-19:00").click();
        assertThat(first.getByTestId("held")).containsText("Kept for you");
    }

    @Test
    void itSpeaksWhatTheSiteWantsFromThenOn() throws Exception {
        Page page = open("speaks-anew");
        set(page, "lang", "de");
        assertThat(page.locator("lasttable-booking [part=widget]")).hasAttribute("lang", "de");
        assertThat(page.getByTestId("slot-19:00")).containsText("letzter Tisch");
        set(page, "lang", "en");
        assertThat(page.locator("lasttable-booking [part=widget]")).hasAttribute("lang", "en");
        assertThat(page.getByTestId("slot-19:00")).containsText("last table");
        String month = LocalDate.parse(DATE).getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        assertThat(page.locator("lasttable-booking [part=date]")).containsText(month);
    }

    @Test
    void aGuestWhoWritesIsNotDisturbedByASiteThatAsksForAnotherDay() throws Exception {
        Page page = open("writes-on");
        hold(page);
        page.getByTestId("guest-name").fill("Ada");
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        set(page, "date", next);
        assertThat(page.getByTestId("day-" + next)).hasAttribute("aria-pressed", "true");
        page.getByTestId("book-confirm").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(reservations("writes-on")).hasSize(1);
    }

    @Test
    void aBookingThatIsMovedKeepsItsPartyWhateverTheSiteAsksFor() throws Exception {
        Page page = changing("moves-party");
        set(page, "party", "1");
        assertThat(page.getByTestId("party-size")).hasText("2 guests");
        page.getByTestId("slot-21:30").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 21:30");
        assertThat(reservations("moves-party").getJsonObject(0).getInteger("partySize"))
                .isEqualTo(2);
    }

    @Test
    void aLinkThatFindsNoNetworkOpensOnceThereIsOne() throws Exception {
        api.publish("link-later", DATE);
        JsonObject booked = new JsonObject(api.book("link-later", DATE, "19:00").body());
        Page page = browser.context().newPage();
        page.route("**/v1/reservations/*", Route::abort);
        String link = "#lasttable=" + booked.getString("id") + "." + booked.getString("manageToken");
        assertThat(page.navigate(site.page("link-later", site.key(api, "link-later"), "en-GB") + link)
                        .ok())
                .isTrue();
        assertThat(page.getByText("No answer came.")).isVisible();
        assertThat(page.url()).doesNotContain("#");
        set(page, "date", LocalDate.parse(DATE).plusDays(1).toString());
        page.unrouteAll();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(page.getByText("No answer came.")).hasCount(0);
    }

    @Test
    void aLinkThatIsPastedOverTheOpenPageIsHeardToo() throws Exception {
        Page page = open("link-pasted");
        JsonObject booked =
                new JsonObject(api.book("link-pasted", DATE, "19:00").body());
        page.evaluate(
                "link => { location.hash = link; }",
                "lasttable=" + booked.getString("id") + "." + booked.getString("manageToken"));
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(page.url()).doesNotContain("#");
    }

    @Test
    void howLongATableIsKeptIsToldByTheHousesClock() throws Exception {
        api.publish("wrong-clock", DATE);
        Page page = browser.context().newPage();
        Clocks.areAhead(page, Duration.ofHours(1));
        show(page, "wrong-clock");
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).hasText(Pattern.compile("Kept for you for [45]:\\d\\d"));
    }

    @Test
    void theMonthIsKnownOnceTheNetworkIsBack() throws Exception {
        api.publish("month-later", DATE);
        Page page = browser.context().newPage();
        page.route("**/calendar?*", Route::abort);
        show(page, "month-later");
        assertThat(page.getByTestId("day-" + DATE)).not().hasAttribute("data-state", "open");
        page.unrouteAll();
        assertThat(page.getByTestId("day-" + DATE)).hasAttribute("data-state", "open");
    }

    /** Each has its own table kept, so neither's answer is the other's. */
    @Test
    void twoTabsThatEachKeepATableEachGetTheAnswerOfTheirOwn() throws Exception {
        api.publish("two-holds", DATE, RestlessWidgetIT::withASecondTable);
        BrowserContext context = browser.context();
        Page first = show("two-holds", context);
        Page second = show("two-holds", context);
        for (Page page : List.of(first, second)) {
            hold(page);
            page.getByTestId("guest-name").fill("Ada");
        }
        LostAnswers lost = LostAnswers.of(first, "/confirm", 3);
        first.getByTestId("book-confirm").click();
        assertThat(first.locator("dialog .error")).containsText("No answer has come yet");
        second.getByTestId("book-confirm").click();
        assertThat(second.locator("dialog[open]")).hasCount(0);
        assertThat(first.getByTestId("booked")).hasCount(2);
        assertThat(lost.asked()).isEqualTo(4);
        assertThat(reservations("two-holds")).hasSize(2);
    }

    @Test
    void whatIsKeptInsteadOfAnotherTimeIsNotBookedBesideTheSameThatIsAskedAbout() throws Exception {
        api.publish("kept-instead", DATE, RestlessWidgetIT::withASecondTable);
        Page page = show("kept-instead", browser.context());
        LostAnswers.of(page, "/confirm", 3);
        hold(page);
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.locator("dialog .error")).containsText("No answer has come yet");
        page.getByTestId("back").click();
        page.route("**/holds", route -> {
            bookQuietly("kept-instead", "20:30");
            bookQuietly("kept-instead", "20:30");
            route.resume();
        });
        keepsInsteadAt(page, "19:00");
        page.getByTestId("slot-20:30").click();
        assertThat(page.locator("dialog[open] h2")).containsText("19:00");
        assertThat(page.locator("dialog[open] .error")).containsText("No answer has come yet");
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(reservations("kept-instead").stream()
                        .filter(each -> ((JsonObject) each).getString("time").equals("19:00")))
                .hasSize(1);
    }

    /** Whatever is kept instead of what is gone is told to be at that time. */
    private static void keepsInsteadAt(Page page, String time) {
        Object done = page.evaluate("""
                (time) => {
                  const ask = window.fetch;
                  window.fetch = async (path, request) => {
                    const answer = await ask(path, request);
                    if (!path.endsWith('/holds')) return answer;
                    const gone = await answer.json();
                    gone.heldAlternative.time = time;
                    return new Response(JSON.stringify(gone), answer);
                  };
                }""", time);
        assert done == null;
    }

    private static void withASecondTable(JsonObject venue) {
        venue.getJsonArray("tables")
                .add(new JsonObject().put("id", "T2").put("minCovers", 1).put("maxCovers", 2));
    }

    private static void hold(Page page) {
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
    }

    private static void set(Page page, String attribute, String value) {
        Object done = page.evaluate(
                "([name, value]) => document.querySelector('lasttable-booking').setAttribute(name, value)",
                List.of(attribute, value));
        assert done == null;
    }

    @Test
    void whereItsScriptCannotBeHadTheSitesOwnWordsStand() throws Exception {
        Page page = browser.context().newPage();
        page.route("**/web/v1/lasttable.js", Route::abort);
        api.publish("without-script", DATE);
        assertThat(page.navigate(site.page("without-script", site.key(api, "without-script"), "en"))
                        .ok())
                .isTrue();
        assertThat(page.locator(".instead")).isVisible();
        page.unrouteAll();
        page.route("**/v1/venues/without-script", Route::abort);
        page.reload();
        assertThat(page.getByText("No answer came.")).isVisible();
        assertThat(page.locator(".instead")).isVisible();
        page.unrouteAll();
        assertThat(page.getByTestId("slot-19:00")).isVisible();
        assertThat(page.locator(".instead")).isHidden();
    }

    @Test
    void theMonthIsReachedByKeyboardWhicheverIsShown() throws Exception {
        api.publish(
                "by-keyboard",
                DATE,
                venue -> venue.getJsonObject("bookingWindow").put("maxDaysAhead", 90));
        Page page = show("by-keyboard", browser.context());
        page.getByTestId("month-after").focus();
        page.keyboard().press("Enter");
        String first = LocalDate.parse(DATE).plusMonths(1).withDayOfMonth(1).toString();
        assertThat(page.getByTestId("day-" + first)).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.locator(".day[tabindex='0']")).isFocused();
    }

    /** One's own booking at 19:00, about to be moved. */
    private static Page changing(String venue) throws Exception {
        api.publish(venue, DATE);
        JsonObject booked = new JsonObject(api.book(venue, DATE, "19:00").body());
        Page page = browser.context().newPage();
        String link = "#lasttable=" + booked.getString("id") + "." + booked.getString("manageToken");
        assertThat(page.navigate(site.page(venue, site.key(api, venue), "en-GB") + link)
                        .ok())
                .isTrue();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        page.getByTestId("change").click();
        assertThat(page.getByTestId("slot-21:30")).isEnabled();
        return page;
    }

    /** Answers changes of a reservation so; gives how many came. */
    private static AtomicInteger answers(Page page, java.util.function.Consumer<Route> so) {
        AtomicInteger changes = new AtomicInteger();
        page.route("**/v1/reservations/*", route -> {
            if (!route.request().method().equals("PATCH")) {
                route.resume();
                return;
            }
            changes.incrementAndGet();
            so.accept(route);
        });
        return changes;
    }

    private static Page open(String venue) throws Exception {
        api.publish(venue, DATE);
        return show(venue, browser.context());
    }

    private static Page show(String venue, BrowserContext context) throws Exception {
        Page page = context.newPage();
        show(page, venue);
        return page;
    }

    private static void show(Page page, String venue) throws Exception {
        assertThat(page.navigate(site.page(venue, site.key(api, venue), "en-GB"))
                        .ok())
                .isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("slot-19:00")).isVisible();
    }

    private static JsonArray reservations(String venue) throws Exception {
        return new JsonObject(api.read("/v1/venues/" + venue + "/reservations?status=confirmed&date=" + DATE))
                .getJsonArray("items");
    }

    @CanIgnoreReturnValue
    private static int bookQuietly(String venue, String time) {
        try {
            return api.book(venue, DATE, time).statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
