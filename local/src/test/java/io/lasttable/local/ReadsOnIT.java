package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The host's screen without a network: it goes on reading, also when it is loaded anew, and leaves nothing to who comes after. */
class ReadsOnIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final String KEPT = "sessionStorage.getItem('lasttable.evening') ?? ''";
    private static final String DISCOVERY = "**/.well-known/openid-configuration";
    private static final String RESERVATIONS = "**/v1/venues/*/reservations?*";

    @Test
    void aReloadWithoutANetworkGoesOnReadingAndSaysSinceWhen() throws Exception {
        InstalledBrowser.onlyChromium("takes the network from workers and sockets");
        publish("reads-on");
        BrowserContext context = context();
        Page page = open(context, "/staff.html", "reads-on");
        context.setOffline(true);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.getByTestId("entry")).containsText("Ada");
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "offline");
        assertThat(page.locator("#stale")).containsText("Not live: this was so at");
        page.getByTestId("view").click();
        assertThat(page.getByTestId("bar")).containsText("Ada");
        page.getByTestId("view").click();
        context.setOffline(false);
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(api.book("reads-on", DATE, "21:00").statusCode()).isEqualTo(201);
        assertThat(page.getByTestId("entry")).hasCount(2);
    }

    @Test
    void anotherTabOfTheTabletKnowsNobody() throws Exception {
        InstalledBrowser.onlyChromium("takes the network from workers and sockets");
        publish("reads-alone");
        BrowserContext context = context();
        Page page = open(context, "/staff.html", "reads-alone");
        assertThat(kept(page)).contains("Ada");
        context.setOffline(true);
        Page other = context.newPage();
        var answer = other.navigate(page.url());
        assertThat(answer).isNotNull();
        assertThat(other.locator("#message")).containsText("does not answer");
        assertThat(other.getByTestId("entry")).hasCount(0);
    }

    @Test
    void whoHasSignedInReadsOnAndWhoSignsOutLeavesNothing() throws Exception {
        InstalledBrowser.onlyChromium("takes the network from workers and sockets");
        publish("reads-signed");
        BrowserContext context = context();
        Page page = open(context, "/web/v1/staff.html", "reads-signed");
        assertThat(kept(page)).contains("\"reader\":\"local\"", "Ada");
        context.setOffline(true);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.getByTestId("entry")).containsText("Ada");
        page.getByTestId("entry-cancel").click();
        page.getByTestId("sure-yes").click();
        assertThat(page.getByTestId("entry").locator(".error")).containsText("No answer came");
        context.setOffline(false);
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        page.getByTestId("sign-out").click();
        assertThat(page.locator("#message")).containsText("Signed out.");
        assertThat(page.evaluate(KEPT)).isEqualTo("");
        context.setOffline(true);
        reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.getByTestId("entry")).hasCount(0);
        context.setOffline(false);
        reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        page.getByTestId("sign-out").click();
        assertThat(page.getByTestId("entry")).containsText("Ada");
    }

    @Test
    void whoSignsOutInOneTabLeavesNothingInAnotherThatIsInTheSetUp() throws Exception {
        publish("reads-set-up");
        BrowserContext context = context();
        Page page = open(context, "/web/v1/staff.html", "reads-set-up");
        var answer = page.navigate(RunningPlatform.url() + "/web/v1/setup.html?venue=reads-set-up");
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("table")).not().hasCount(0);
        assertThat(kept(page)).contains("Ada");
        Page other = open(context, "/web/v1/staff.html", "reads-set-up");
        other.getByTestId("sign-out").click();
        assertThat(other.locator("#message")).containsText("Signed out.");
        assertThat(page).hasURL(Pattern.compile("/web/v1/staff\\.html"));
        assertThat(page.locator("#message")).containsText("Signed out.");
        assertThat(page.evaluate(KEPT)).isEqualTo("");
        letPatienceEnd(page);
        assertThat(page.getByTestId("entry").count()).isZero();
    }

    @Test
    void aTabThatWaitsForTheIssuerHearsThatSomebodySignsOut() throws Exception {
        publish("reads-waiting");
        BrowserContext context = browser.context();
        Page page = context.newPage();
        show(page, "reads-waiting");
        Page other = context.newPage();
        show(other, "reads-waiting");
        page.route(DISCOVERY, Route::abort);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.getByTestId("entry")).containsText("Ada");
        other.getByTestId("sign-out").click();
        assertThat(page.locator("#message")).containsText("Signed out.");
        assertThat(page.getByTestId("entry")).hasCount(0);
        assertThat(page.evaluate(KEPT)).isEqualTo("");
    }

    @Test
    void aTabThatWasAsleepAtTheSignOutShowsNothingWhenItComesBack() throws Exception {
        publish("reads-asleep");
        Page page = browser.context().newPage();
        show(page, "reads-asleep");
        String evening = kept(page);
        page.getByTestId("sign-out").click();
        assertThat(page.locator("#message")).containsText("Signed out.");
        Object asBefore = page.evaluate(
                "evening => { sessionStorage.clear(); sessionStorage.setItem('lasttable.evening', evening); }",
                evening);
        assertThat(asBefore).isNull();
        page.route(DISCOVERY, Route::abort);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.locator("#message")).containsText("Trying again");
        letPatienceEnd(page);
        assertThat(page.getByTestId("entry").count()).isZero();
        assertThat(page.evaluate(KEPT)).isEqualTo("");
    }

    @Test
    void whatSomebodyElseHasReadIsForgottenAtTheSignIn() throws Exception {
        publish("reads-other");
        BrowserContext context = context();
        Page page = open(context, "/web/v1/staff.html", "reads-other");
        assertThat(kept(page)).contains("Ada");
        makeItMallorys(page);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(kept(page)).contains("\"reader\":\"local\"").doesNotContain("mallory");
    }

    @Test
    void whatSomebodyElseHasReadIsNotShownWhileASignInIsOnItsWay() throws Exception {
        publish("reads-on-the-way");
        Page page = browser.context().newPage();
        show(page, "reads-on-the-way");
        makeItMallorys(page);
        List<Route> exchanges = new ArrayList<>();
        page.route("**/local/token", exchanges::add);
        var exchange = page.waitForRequest("**/local/token", page::reload);
        assertThat(exchange.method()).isEqualTo("POST");
        letPatienceEnd(page);
        assertThat(page.getByTestId("entry").count()).isZero();
        exchanges.forEach(Route::resume);
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("entry")).containsText("Ada");
    }

    @Test
    void whoMayNotReadAVenueAnyMoreIsShownNothingOfIt() throws Exception {
        publish("reads-forbidden");
        Page page = browser.context().newPage();
        show(page, "reads-forbidden");
        List<Route> reads = new ArrayList<>();
        page.route(RESERVATIONS, reads::add);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.getByTestId("entry")).containsText("Ada");
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "offline");
        page.route(RESERVATIONS, ReadsOnIT::forbid);
        reads.forEach(ReadsOnIT::forbid);
        assertThat(page.locator("#message")).containsText("You may not do this here.");
        assertThat(page.getByTestId("entry")).hasCount(0);
        assertThat(page.evaluate(KEPT)).isEqualTo("");
    }

    @Test
    void ofWhomTheIssuerDoesNotNameNothingIsKept() throws Exception {
        publish("reads-nameless");
        Page page = browser.context().newPage();
        page.addInitScript("""
                const ask = window.fetch;
                window.fetch = async (...asked) => {
                  const answer = await ask(...asked);
                  if (!String(asked[0]).endsWith('/local/token')) return answer;
                  return new Response(JSON.stringify({ ...(await answer.json()), id_token: 'e30.e30.e30' }), answer);
                };""");
        show(page, "/web/v1/staff.html", "reads-nameless");
        page.route(DISCOVERY, Route::abort);
        var reloaded = page.reload();
        assertThat(reloaded).isNotNull();
        assertThat(page.locator("#message")).containsText("Trying again");
        letPatienceEnd(page);
        assertThat(page.getByTestId("entry").count()).isZero();
        assertThat(page.evaluate(KEPT)).isEqualTo("");
    }

    @Test
    void anIssuerThatIsAwayForAMomentIsAskedAgain() throws Exception {
        publish("reads-issuer");
        Page page = browser.context().newPage();
        page.route(DISCOVERY, Route::abort);
        var answer = page.navigate(RunningPlatform.url() + "/web/v1/staff.html?venue=reads-issuer&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(page.locator("#message")).containsText("Trying again");
        page.unrouteAll();
        assertThat(page.getByTestId("entry")).containsText("Ada");
    }

    private static void publish(String venue) throws Exception {
        api.publish(venue, DATE);
        assertThat(api.book(venue, DATE, "19:00").statusCode()).isEqualTo(201);
    }

    private static BrowserContext context() {
        return browser.context(new Browser.NewContextOptions().setServiceWorkers(ServiceWorkerPolicy.ALLOW));
    }

    /** With the screen itself kept, and the evening. */
    private static Page open(BrowserContext context, String path, String venue) {
        Page page = context.newPage();
        show(page, path, venue);
        await().until(() -> page.evaluate("navigator.serviceWorker.ready.then(({ active }) => active.state)")
                .equals("activated"));
        await().until(() -> !kept(page).isEmpty());
        return page;
    }

    private static void show(Page page, String venue) {
        show(page, "/web/v1/staff.html", venue);
        assertThat(kept(page)).contains("Ada");
    }

    private static void show(Page page, String path, String venue) {
        var answer = page.navigate(RunningPlatform.url() + path + "?venue=" + venue + "&date=" + DATE);
        assertThat(answer.status()).isIn(200, 304);
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("entry")).containsText("Ada");
    }

    private static void makeItMallorys(Page page) {
        Object changed = page.evaluate("""
                () => addEventListener('pagehide', () => sessionStorage.setItem('lasttable.evening',
                    JSON.stringify({ ...JSON.parse(sessionStorage.getItem('lasttable.evening')), reader: 'mallory', of: 'mallory' })))""");
        assertThat(changed).isNull();
    }

    private static void forbid(Route route) {
        route.fulfill(json("{\"status\":403}").setStatus(403));
    }

    private static Route.FulfillOptions json(String body) {
        return new Route.FulfillOptions().setContentType("application/json").setBody(body);
    }

    /** By the page's own clock, as it waits itself before it shows what it has kept. */
    private static void letPatienceEnd(Page page) {
        Object ended = page.evaluate("() => new Promise((done) => setTimeout(done, 3_000))");
        assertThat(ended).isNull();
    }

    private static String kept(Page page) {
        await().until(() -> !page.evaluate(KEPT).equals(""));
        return (String) page.evaluate(KEPT);
    }
}
