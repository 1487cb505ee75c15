package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for the guest's page and the host's alike: what they cost a phone, who can use them, and how they look. */
class BothPagesIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final int FIRST_LOOK_BYTES = 40 * 1024;

    private enum Screen {
        DESKTOP(1280, 800),
        PHONE(360, 740);

        private final int width;
        private final int height;

        Screen(int width, int height) {
            this.width = width;
            this.height = height;
        }

        Browser.NewContextOptions options() {
            return new Browser.NewContextOptions()
                    .setViewportSize(width, height)
                    .setHasTouch(this == PHONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/staff.html"})
    void aPageAtRestMovesNothing(String path) throws Exception {
        venueWithABooking("restful");
        Page page = open(browser.context(), path, "restful");
        Object endless = page.evaluate(
                "document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime === Infinity).length");
        assertThat(endless).isEqualTo(0);
        await().until(() -> page.evaluate("document.getAnimations().length").equals(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/staff.html"})
    void noOtherSiteFramesAPageNorRunsAScriptInIt(String path) {
        var answer = browser.context().newPage().navigate(RunningPlatform.url() + path);
        assertThat(answer.headers())
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("content-encoding", "gzip")
                .hasEntrySatisfying(
                        "content-security-policy",
                        policy -> assertThat(policy)
                                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/staff.html"})
    void whoWantsNoMotionGetsNone(String path) throws Exception {
        InstalledBrowser.onlyChromium("wants what a test wants it to");
        venueWithABooking("still");
        var still = new Browser.NewContextOptions().setReducedMotion(ReducedMotion.REDUCE);
        Page page = open(browser.context(still), path, "still");
        assertThat(page.evaluate("document.getAnimations().length")).isEqualTo(0);
    }

    /** All but the list of names, which is as long as there are venues. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/staff.html"})
    void theFirstLookIsSmall(String path) throws Exception {
        venueWithABooking("small");
        Page page = open(browser.context(), path, "small");
        Object bytes = page.evaluate("""
                () => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(({ name }, i, all) => all.findIndex((each) => name === each.name) === i)
                    .filter(({ name }) => !name.includes('/v1/venues?') && !name.includes('blocks')) // which come after the first look
                    .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)""");
        assertThat(((Number) bytes).intValue()).as("bytes over the line").isBetween(1_000, FIRST_LOOK_BYTES);
    }

    @ParameterizedTest
    @EnumSource
    void nothingOnTheHostsPageBreaksWcagAa(Screen screen) throws Exception {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            String venue = "accessible-" + (screen + "-" + scheme).toLowerCase(Locale.ROOT);
            venueWithABooking(venue);
            assertThat(api.joinWaitlist(venue, DATE, "19:00", "Eve").statusCode())
                    .isEqualTo(201);
            var options = screen.options()
                    .setBypassCSP(true)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setColorScheme(scheme);
            Page staff = open(browser.context(options), "/staff.html", venue);
            Locator entry = staff.getByTestId("entry").filter(new Locator.FilterOptions().setHasText("Ada"));
            assertThat(staff.getByTestId("entry-seat")).isEnabled();
            Axe.finds(staff).isEmpty();
            staff.getByTestId("entry-cancel").click();
            assertThat(staff.locator("#sure")).isVisible();
            Axe.finds(staff).isEmpty();
            staff.getByTestId("sure-yes").click();
            assertThat(entry).hasAttribute("data-status", "cancelled");
            assertThat(staff.getByTestId("undo")).isEnabled();
            Axe.finds(staff).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theGuestsDialogAndOwnTablesBreakNothingEither(Screen screen) throws Exception {
        String venue = "dialog-" + screen.name().toLowerCase(Locale.ROOT);
        venueWithABooking(venue);
        var options = screen.options()
                .setBypassCSP(true)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setColorScheme(screen == Screen.PHONE ? ColorScheme.DARK : ColorScheme.LIGHT);
        Page guest = open(browser.context(options), "/", venue);
        guest.getByTestId("slot-17:30").click();
        guest.locator("#booking summary").click();
        Axe.finds(guest).isEmpty();
        LostAnswers lost = LostAnswers.of(guest, "/reservations", 3);
        guest.getByTestId("guest-name").fill("Ada");
        guest.getByTestId("book-confirm").click();
        assertThat(guest.locator("#booking-error")).containsText("No answer has come yet");
        Axe.finds(guest).isEmpty();
        guest.locator("#back").click();
        assertThat(guest.getByTestId("asking")).isVisible();
        Axe.finds(guest).isEmpty();
        assertThat(guest.getByTestId("booked")).containsText("Yours at 17:30");
        assertThat(lost.asked()).isEqualTo(4);
        Axe.finds(guest).isEmpty();
    }

    @Test
    void howTheyLook() throws Exception {
        venueWithABooking("pictured");
        assertThat(api.joinWaitlist("pictured", DATE, "19:00", "Eve").statusCode())
                .isEqualTo(201);
        for (Screen screen : Screen.values()) {
            for (var locale : Map.of("en", "en-GB", "ar", "ar-EG").entrySet()) {
                var options = screen.options()
                        .setLocale(locale.getValue())
                        .setColorScheme(locale.getKey().equals("ar") ? ColorScheme.DARK : ColorScheme.LIGHT);
                String name = screen.name().toLowerCase(Locale.ROOT) + "-" + locale.getKey() + ".png";
                Page guest = open(browser.context(options), "/", "pictured");
                picture(guest, "guest-" + name);
                guest.getByTestId("slot-17:30").click();
                picture(guest, "dialog-" + name);
                Page staff = open(browser.context(options), "/staff.html", "pictured");
                staff.getByTestId("entry-no-show").first().click();
                picture(staff, "sure-" + name);
                staff.getByTestId("sure-no").click();
                picture(staff, "staff-" + name);
            }
        }
    }

    private static void picture(Page page, String name) {
        await().until(() -> page.evaluate("document.getAnimations().length").equals(0));
        byte[] picture = page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name)));
        assertThat(picture).as(name).hasSizeGreaterThan(10_000);
        Object sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(((Number) sideways).intValue()).as(name).isLessThanOrEqualTo(0);
    }

    /** Booked at 19:00. */
    private static void venueWithABooking(String venue) throws Exception {
        if (api.get("/v1/venues/" + venue).contains("unknown-venue")) {
            api.publish(venue, DATE);
            assertThat(api.book(venue, DATE, "19:00").statusCode()).isEqualTo(201);
        }
    }

    private static Page open(BrowserContext context, String path, String venue) {
        Page page = context.newPage();
        var answer = page.navigate(RunningPlatform.url() + path + "?venue=" + venue + "&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(page.locator(path.equals("/") ? ".slot" : "[data-testid=entry]")
                        .first())
                .isVisible();
        return page;
    }
}
