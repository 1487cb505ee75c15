package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where each answer takes its time, as on a train: impatient fingers press everything twice, and go back. Slowed down by Chromium itself. */
class SlowNetworkIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final int LATENCY_MS = 600;
    private static final int BYTES_A_SECOND = 50_000;

    private static ForeignSite site;
    private static CDPSession line; // of the window that was opened last

    @BeforeAll
    static void launch() throws Exception {
        InstalledBrowser.onlyChromium("slows its network down");
        site = ForeignSite.open(RunningPlatform.url(), DATE);
    }

    @AfterAll
    static void quit() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void aGuestWhoPressesEverythingTwiceBooksOnceAndCancelsOnce() throws Exception {
        api.publish("slow-guest", DATE);
        Page page = slow();
        open(page, "/?partySize=2&venue=slow-guest&date=" + DATE);
        page.getByTestId("slot-19:00").dblclick();
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").dblclick();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(reservations("slow-guest")).hasSize(1);
        page.getByTestId("cancel").dblclick();
        assertThat(page.getByTestId("cancelled")).containsText("Cancelled: 19:00");
        assertThat(page.getByTestId("slot-19:00")).containsText("last table");
    }

    @Test
    void whoGoesBackWhileTheAnswerIsOnItsWayAndAsksAgainBooksOnce() throws Exception {
        api.publish("slow-back", DATE, venue -> venue.getJsonArray("tables").add(another()));
        Page page = slow();
        open(page, "/?partySize=2&venue=slow-back&date=" + DATE);
        page.getByTestId("slot-19:00").click();
        page.getByTestId("guest-name").fill("Ada");
        List<Route> sent = new CopyOnWriteArrayList<>();
        page.route("**/venues/slow-back/reservations", sent::add);
        page.getByTestId("book-confirm").click();
        page.waitForCondition(() -> !sent.isEmpty());
        page.locator("#back").click();
        page.getByTestId("slot-19:00").click();
        page.unroute("**/venues/slow-back/reservations");
        sent.get(0).resume();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(page.locator("#booking")).isHidden();
        assertThat(reservations("slow-back")).hasSize(1);
    }

    @Test
    void whatIsSentIntoATunnelIsBookedBehindIt() throws Exception {
        api.publish("slow-tunnel", DATE);
        Page page = slow();
        open(page, "/?partySize=2&venue=slow-tunnel&date=" + DATE);
        page.getByTestId("slot-19:00").click();
        page.getByTestId("guest-name").fill("Ada");
        isInATunnel(true);
        page.getByTestId("book-confirm").click();
        assertThat(page.locator("#booking-error")).containsText("No answer has come yet");
        isInATunnel(false);
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(reservations("slow-tunnel")).hasSize(1);
    }

    @Test
    void anotherTabCallsNothingUnansweredThatIsOnlySlow() throws Exception {
        api.publish("slow-tabs", DATE);
        Page first = slow();
        open(first, "/?partySize=2&venue=slow-tabs&date=" + DATE);
        Page second = first.context().newPage();
        open(second, "/?partySize=2&venue=slow-tabs&date=" + DATE);
        assertThat(second.getByTestId("slot-19:00")).isEnabled();
        Object watched = second.evaluate("""
                () => {
                  window.asking = 0;
                  new MutationObserver(() => { window.asking += document.querySelectorAll('[data-testid=asking]').length; })
                    .observe(document.getElementById('mine'), { childList: true });
                }""");
        assertThat(watched).isNull();
        first.getByTestId("slot-19:00").click();
        first.getByTestId("guest-name").fill("Ada");
        first.getByTestId("book-confirm").click();
        assertThat(second.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(second.evaluate("window.asking")).isEqualTo(0);
    }

    @Test
    void aLinkToOneRestaurantWaitsForNoListOfAll() throws Exception {
        api.publish("slow-list", DATE);
        Page page = browser.context().newPage();
        page.route("**/v1/venues?*", unanswered -> {});
        open(page, "/?partySize=2&venue=slow-list&date=" + DATE);
        assertThat(page.getByTestId("slot-19:00")).isEnabled();
    }

    @Test
    void theWidgetHoldsOnceAndBooksOnceHoweverOftenItIsPressed() throws Exception {
        api.publish("slow-widget", DATE, venue -> venue.getJsonArray("tables").add(another()));
        Page page = slow();
        assertThat(page.navigate(site.page("slow-widget", site.key(api, "slow-widget"), "en-GB"))
                        .ok())
                .isTrue();
        page.getByLabel("One guest more").click();
        page.getByLabel("One guest fewer").click();
        page.getByTestId("slot-19:00").dblclick();
        assertThat(page.getByTestId("held")).containsText("Kept for you");
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").dblclick();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(all("slow-widget")).hasSize(1);
    }

    @Test
    void aHostsDialogThatIsOnItsWayIsTheOneThatWasAskedForFirst() throws Exception {
        api.publish("slow-host", DATE);
        Page page = slow();
        host(page, "slow-host");
        page.evaluate("""
                for (const each of ['phone-booking', 'walk-in']) document.querySelector(`[data-testid=${each}]`).click()""");
        assertThat(page.locator("#take-title")).hasText("Phone booking");
        page.getByTestId("take-time").fill("19:00");
        page.getByTestId("take-name").fill("Ada");
        page.getByTestId("take-yes").dblclick();
        assertThat(page.getByTestId("entry")).hasCount(1);
        assertThat(page.locator("#take")).isHidden();
        page.getByTestId("block-some").dblclick();
        assertThat(page.getByTestId("block-what")).isVisible();
        page.locator("#block-yes").dblclick();
        assertThat(page.getByTestId("block")).hasCount(1);
    }

    @Test
    void aPartOfTheHostsPageThatDoesNotComeIsSaidAndComesLater() throws Exception {
        api.publish("part-missing", DATE);
        Page page = browser.context().newPage();
        host(page, "part-missing");
        page.route("**/take.js*", Route::abort);
        page.getByTestId("walk-in").click();
        assertThat(page.locator("#message")).containsText("No answer came");
        page.unrouteAll();
        page.getByTestId("walk-in").click();
        assertThat(page.locator("#take")).isVisible();
    }

    /** Two of a part would know nothing of each other's wishes. */
    @Test
    void aPartThatCameByAnotherAddressIsThereOnce() throws Exception {
        api.publish("part-once", DATE, venue -> venue.getJsonArray("tables").add(another()));
        Page page = browser.context().newPage();
        host(page, "part-once");
        page.route("**/take.js", Route::abort); // the address with a question mark comes
        isOneThatIsSaidAgainUnanswered(page);
        assertThat(reservations("part-once")).hasSize(1);
    }

    @Test
    void aPhoneBookingThatIsLeftUnansweredAndSaidAgainIsOne() throws Exception {
        api.publish("said-again", DATE, venue -> venue.getJsonArray("tables").add(another()));
        Page page = browser.context().newPage();
        host(page, "said-again");
        isOneThatIsSaidAgainUnanswered(page);
        assertThat(reservations("said-again")).hasSize(1);
    }

    @Test
    void aDraftIsTriedAgainWhereNoAnswerComesAndIsNotLostByChoosingAnotherRestaurant() throws Exception {
        api.publish("drafted", DATE);
        api.publish("drafted-other", DATE);
        Page page = slow();
        open(page, "/setup.html?venue=drafted");
        Locator check = page.getByTestId("check");
        assertThat(page.getByTestId("table")).hasCount(1);
        isInATunnel(true);
        page.getByTestId("add-table").click();
        assertThat(check).containsText("No answer came");
        isInATunnel(false);
        assertThat(check).containsText("nobody is in the way");
        page.onDialog(asked -> asked.dismiss());
        assertThat(page.getByTestId("venue-select").selectOption("drafted-other"))
                .isNotEmpty();
        assertThat(page.getByTestId("venue-select")).hasValue("drafted");
        assertThat(page.getByTestId("table")).hasCount(2);
        page.getByTestId("publish").dblclick();
        assertThat(check).containsText("Published.");
        page.route("**/v1/venues/drafted-other", Route::abort);
        assertThat(page.getByTestId("venue-select").selectOption("drafted-other"))
                .isNotEmpty();
        assertThat(check).containsText("No answer came");
        assertThat(page.getByTestId("venue-select")).hasValue("drafted");
    }

    /** Left while it is out, and said again. */
    private static void isOneThatIsSaidAgainUnanswered(Page page) {
        LostAnswers lost = LostAnswers.of(page, "/reservations", 3);
        for (int i = 0; i < 2; i++) {
            page.getByTestId("phone-booking").click();
            page.getByTestId("take-time").fill("19:00");
            page.getByTestId("take-name").fill("Ada");
            page.getByTestId("take-yes").click();
            assertThat(page.locator("#take-error")).containsText("No answer has come yet");
            if (i == 0) {
                page.locator("#take-back").click();
            }
        }
        assertThat(page.locator("#take")).isHidden();
        assertThat(page.getByTestId("entry")).hasCount(1);
        assertThat(lost.asked()).isEqualTo(4);
    }

    private static io.vertx.core.json.JsonObject another() {
        return new io.vertx.core.json.JsonObject()
                .put("id", "T2")
                .put("minCovers", 1)
                .put("maxCovers", 2);
    }

    private static Page slow() {
        Page page = browser.context().newPage();
        line = page.context().newCDPSession(page);
        isInATunnel(false);
        return page;
    }

    private static void isInATunnel(boolean isOffline) {
        JsonObject conditions = new JsonObject();
        conditions.addProperty("offline", isOffline);
        conditions.addProperty("latency", LATENCY_MS);
        conditions.addProperty("downloadThroughput", BYTES_A_SECOND);
        conditions.addProperty("uploadThroughput", BYTES_A_SECOND);
        assertThat(line.send("Network.emulateNetworkConditions", conditions)).isNotNull();
    }

    private static void host(Page page, String venue) {
        open(page, "/staff.html?venue=" + venue + "&date=" + DATE);
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.locator("#message")).not().containsText("Reading the book");
    }

    private static void open(Page page, String path) {
        assertThat(page.navigate(RunningPlatform.url() + path).ok()).isTrue();
    }

    private static JsonArray reservations(String venue) throws Exception {
        return items(venue, "&status=confirmed");
    }

    private static JsonArray all(String venue) throws Exception {
        return items(venue, "");
    }

    private static JsonArray items(String venue, String which) throws Exception {
        return new io.vertx.core.json.JsonObject(api.read("/v1/venues/" + venue + "/reservations?date=" + DATE + which))
                .getJsonArray("items");
    }
}
