package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The widget in the page of a site that is not ours and has no backend, as a guest uses it. */
class WidgetIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final int FIRST_LOOK_BYTES = 40 * 1024;

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
    void aTableIsHeldWhileItsGuestWritesAndIsThenTheirs() throws Exception {
        Page page = open("widget-books", browser.context());
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you for 4:");
        assertThat(api.read("/v1/venues/widget-books/reservations?date=" + DATE))
                .contains("\"status\":\"held\"");
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(page.getByTestId("slot-19:00")).containsText("yours");
        assertThat(api.read("/v1/venues/widget-books/reservations?date=" + DATE))
                .contains("\"name\":\"Ada\"", "\"status\":\"confirmed\"");
    }

    @Test
    void whoComesTooLateIsKeptTheNearestInstead() throws Exception {
        Page page = open("widget-late", browser.context());
        page.route("**/holds", route -> {
            bookQuietly("widget-late", "19:00");
            route.resume();
        });
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("conflict")).containsText("19:00 is gone");
        assertThat(page.getByTestId("conflict")).containsText("is kept for you instead");
        assertThat(page.getByTestId("held")).containsText("Kept for you for");
        page.getByTestId("guest-name").fill("Bob");
        page.getByTestId("book-confirm").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at");
    }

    @Test
    void aBookingWhoseAnswerIsLostIsMadeOnce() throws Exception {
        Page page = open("widget-lost", browser.context());
        LostAnswers lost = LostAnswers.of(page, "/confirm", 2);
        page.getByTestId("slot-19:00").click();
        assertThat(page.getByTestId("held")).containsText("Kept for you for");
        page.getByTestId("guest-name").fill("Ada");
        page.getByTestId("book-confirm").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(lost.asked()).isEqualTo(3);
        assertThat(new JsonObject(api.read("/v1/venues/widget-lost/reservations?date=" + DATE)).getJsonArray("items"))
                .hasSize(1);
    }

    @Test
    void daysAreOpenFullAndClosedAndGoneThroughByKeyboard() throws Exception {
        Page page = open("widget-days", browser.context());
        Locator day = page.getByTestId("day-" + DATE);
        assertThat(day).hasAttribute("data-state", "open");
        for (String time : List.of("17:30", "19:00", "20:30", "22:00")) {
            bookQuietly("widget-days", time);
        }
        assertThat(page.locator(".slot[aria-disabled=false]")).hasCount(0);
        assertThat(day).hasAttribute("data-state", "full");
        day.focus();
        page.keyboard().press("ArrowRight");
        page.keyboard().press("Enter");
        String next = LocalDate.parse(DATE).plusDays(1).toString();
        assertThat(page.getByTestId("day-" + next)).hasAttribute("aria-pressed", "true");
        assertThat(page.locator(".slot[aria-disabled=false]").first()).isVisible();
    }

    @Test
    void whereAllIsTakenOneWaitsInLineAndIsOfferedWhatFrees() throws Exception {
        Page page = open("widget-line", browser.context());
        String taken = bookQuietly("widget-line", "19:00");
        page.getByTestId("wait-19:00").click();
        page.getByTestId("guest-name").fill("Eve");
        page.getByTestId("waitlist-join").click();
        assertThat(page.getByTestId("waitlist")).containsText("Waiting for 19:00");
        assertThat(api.cancel(taken).statusCode()).isEqualTo(200);
        assertThat(page.getByTestId("waitlist")).containsText("A table at 19:00 is free for you");
    }

    @Test
    void itWorksInAnotherSitesFrameWithStorageBlocked() throws Exception {
        String key = published("widget-framed");
        BrowserContext context = browser.context();
        context.addInitScript(
                "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })");
        Page page = context.newPage();
        assertThat(page.navigate(site.framed("widget-framed", key)).ok()).isTrue();
        FrameLocator frame = page.frameLocator("iframe");
        InstalledBrowser.clickInFrame(frame.getByTestId("slot-19:00"));
        frame.getByTestId("guest-name").fill("Ada");
        InstalledBrowser.clickInFrame(frame.getByTestId("book-confirm"));
        assertThat(frame.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(frame.getByText("This browser keeps nothing")).isVisible();
    }

    @Test
    void onesOwnBookingIsOpenedByItsLinkMovedAndCancelled() throws Exception {
        String key = published("widget-own");
        JsonObject booked = new JsonObject(api.book("widget-own", DATE, "19:00").body());
        Page page = browser.context().newPage();
        String link = "#lasttable=" + booked.getString("id") + "." + booked.getString("manageToken");
        assertThat(page.navigate(site.page("widget-own", key, "en-GB") + link).ok())
                .isTrue();
        assertThat(page.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(page.url()).as("what is left in the address").doesNotContain("#");
        Download calendar =
                page.waitForDownload(() -> page.getByTestId("calendar").click());
        assertThat(calendar.url()).doesNotContain(booked.getString("manageToken"));
        assertThat(api.get(URI.create(calendar.url()).getPath())).startsWith("BEGIN:VCALENDAR");
        page.getByTestId("change").click();
        assertThat(page.getByText("Choose another time for your table at 19:00"))
                .isVisible();
        page.getByTestId("slot-21:30").click();
        assertThat(page.getByTestId("booked")).containsText("Yours at 21:30");
        assertThat(api.read("/v1/reservations/" + booked.getString("id"))).contains("\"time\":\"21:30\"");
        page.getByTestId("cancel").click();
        assertThat(page.getByTestId("cancelled")).containsText("Cancelled: 21:30");
    }

    @Test
    void aKeyThatHasEndedBooksNothingAndSaysSo() throws Exception {
        String key = published("widget-ended");
        Page page = show("widget-ended", key, browser.context(), "en-GB");
        assertThat(api.delete("/v1/publishable-keys/" + key).statusCode()).isEqualTo(204);
        page.getByTestId("slot-19:00").click();
        assertThat(page.locator("dialog .error")).not().isEmpty();
        assertThat(page.getByTestId("book-confirm")).isDisabled();
    }

    @Test
    void theFirstLookIsSmall() throws Exception {
        String key = published("widget-small");
        Page page = browser.context().newPage();
        List<Request> asked = new ArrayList<>();
        page.onRequestFinished(asked::add);
        assertThat(page.navigate(site.page("widget-small", key, "en-GB")).ok()).isTrue();
        assertThat(page.getByTestId("slot-19:00")).isVisible();
        int bytes = List.copyOf(asked).stream()
                .filter(request -> request.url().startsWith(RunningPlatform.url()))
                .mapToInt(request -> request.sizes().responseBodySize)
                .sum();
        System.out.println("widget, first look: " + bytes + " bytes compressed");
        assertThat(bytes).as("bytes over the line").isBetween(1_000, FIRST_LOOK_BYTES);
    }

    @Test
    void whoReadsTextTwiceAsLargeOnAPhoneNeedsNoSidewaysScrolling() throws Exception {
        Page page = open("widget-large", browser.context(new Browser.NewContextOptions().setViewportSize(360, 740)));
        assertThat(page.evaluate("""
                () => {
                  document.documentElement.style.fontSize = '200%';
                  return document.documentElement.scrollWidth - innerWidth;
                }""")).isEqualTo(0);
    }

    @Test
    void nothingOfItBreaksWcagAaAndItLooksAsTheSiteWants() throws Exception {
        for (String lang : List.of("en", "ar")) {
            for (int width : new int[] {1100, 360}) {
                String venue = "widget-look-" + lang + "-" + width;
                var options = new Browser.NewContextOptions()
                        .setBypassCSP(true)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setColorScheme(lang.equals("ar") ? ColorScheme.DARK : ColorScheme.LIGHT)
                        .setViewportSize(width, 900);
                Page page = open(venue, browser.context(options), lang);
                assertThat(page.locator("[dir=" + (lang.equals("ar") ? "rtl" : "ltr") + "]")
                                .first())
                        .isVisible();
                Axe.finds(page).isEmpty();
                picture(page, "widget-" + lang + "-" + width + ".png");
                page.getByTestId("slot-19:00").click();
                assertThat(page.getByTestId("book-confirm")).isEnabled();
                Axe.finds(page).isEmpty();
                picture(page, "widget-dialog-" + lang + "-" + width + ".png");
            }
        }
    }

    private static void picture(Page page, String name) {
        await().until(() -> page.evaluate("document.getAnimations().length").equals(0));
        byte[] made = page.screenshot(
                new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)).setFullPage(true));
        assertThat(made).as(name).hasSizeGreaterThan(10_000);
        Object sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(((Number) sideways).intValue()).as(name).isLessThanOrEqualTo(0);
    }

    private static Page open(String venue, BrowserContext context) throws Exception {
        return open(venue, context, "en-GB");
    }

    private static Page open(String venue, BrowserContext context, String lang) throws Exception {
        return show(venue, published(venue), context, lang);
    }

    private static Page show(String venue, String key, BrowserContext context, String lang) {
        Page page = context.newPage();
        assertThat(page.navigate(site.page(venue, key, lang)).ok()).isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.getByTestId("slot-19:00")).isVisible();
        return page;
    }

    /** A venue with one table, and its key for the site. */
    private static String published(String venue) throws Exception {
        api.publish(venue, DATE);
        return site.key(api, venue);
    }

    @CanIgnoreReturnValue
    private static String bookQuietly(String venue, String time) {
        try {
            return new JsonObject(api.book(venue, DATE, time).body()).getString("id");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
