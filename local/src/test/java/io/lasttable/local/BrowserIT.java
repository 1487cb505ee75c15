package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The page in a real browser. Skipped, and says so, where none is installed. Killing replicas comes last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BrowserIT extends BrowserStories {

    private static final LocalDate DAY = LocalDate.now().plusDays(5);
    private static final String DATE = DAY.toString();

    private static Platform platform;

    @BeforeAll
    static void launch() throws Exception {
        platform = RunningPlatform.get();
    }

    @Test
    @Order(1)
    void theLastTableVanishesFromTheOtherWindowAndALateClickIsOfferedTheRest() throws Exception {
        publish("two-windows");
        BookingPage winner = window("two-windows").openLive();
        BookingPage loser = window("two-windows").openLive();
        winner.choose("19:00", "Ada");
        loser.choose("19:00", "Bob");
        winner.confirm();
        winner.hasBooked("19:00");
        assertThat(loser.slot("19:00")).isDisabled();
        assertThat(loser.page.getByText("19:00 has just been taken")).isVisible();
        loser.confirm();
        assertThat(loser.hook("conflict")).containsText("19:00 is gone");
        assertThat(loser.hook("conflict")).containsText("Somebody else was faster.");
        loser.hook("alternative").first().click();
        loser.hasBooked("17:30");
        assertThat(winner.slot("17:30")).isDisabled();
        winner.hook("cancel").click();
        assertThat(loser.slot("20:00")).isEnabled();
        assertThat(winner.hook("cancelled")).containsText("Cancelled");
    }

    @Test
    @Order(2)
    void aTableIsBookedWithTheKeyboardAlone() throws Exception {
        publish("keyboard");
        BookingPage window = window("keyboard").openLive();
        assertThat(window.slot("17:30")).isVisible();
        var keys = window.page.keyboard();
        for (String key : List.of("Tab", "Enter", "Tab", "ArrowRight", "ArrowRight", "Enter")) {
            keys.press(key);
        }
        assertThat(window.hook("guest-name")).isFocused();
        keys.type("Grace");
        keys.press("Enter");
        window.hasBooked("18:30");
        assertThat(window.hook("booked").locator("h3")).isFocused();
        assertThat(window.slot("18:30")).isDisabled();
    }

    @Test
    @Order(3)
    void aWindowWithoutNetworkSaysSoAndCatchesUp() throws Exception {
        publish("offline");
        BookingPage window = window("offline").openLive();
        window.page.context().setOffline(true);
        window.shows("offline");
        assertThat(window.page.locator("#stale")).containsText("Not live: this was so at");
        assertThat(api.book("offline", DATE, "19:00").statusCode()).isEqualTo(201);
        assertThat(window.slot("19:00")).isEnabled();
        window.page.context().setOffline(false);
        window.shows("live");
        assertThat(window.slot("19:00")).isDisabled();
        assertThat(window.page.locator("#stale")).isHidden();
    }

    @Test
    @Order(4)
    void whereSocketsAreBlockedTheDayComesAsEvents() throws Exception {
        publish("no-sockets");
        BookingPage window = window("no-sockets");
        window.page.addInitScript(
                "window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.({ code: 1006 })); } close() {} }");
        window.openLive();
        assertThat(window.slot("19:00")).isEnabled();
        assertThat(api.book("no-sockets", DATE, "19:00").statusCode()).isEqualTo(201);
        assertThat(window.slot("19:00")).isDisabled();
    }

    @Test
    @Order(5)
    void timesThatHaveBegunDisappearWhileOneLooks() throws Exception {
        publish("passing");
        BookingPage window = window("passing");
        var start = DAY.atTime(LocalTime.of(17, 0)).atZone(ZoneId.of("Europe/London"));
        window.page
                .clock()
                .install(new Clock.InstallOptions().setTime(start.toInstant().toEpochMilli()));
        window.openLive();
        assertThat(window.slot("17:30")).isVisible();
        window.page.clock().fastForward("31:00");
        assertThat(window.slot("17:30")).hasCount(0);
        assertThat(window.slot("18:00")).isVisible();
    }

    @Test
    @Order(6)
    void aServicePastMidnightIsShownInTheVenuesTimeUnderTheDateItBegan() {
        BrowserContext tokyo = context(new Browser.NewContextOptions().setTimezoneId("Asia/Tokyo"));
        LocalDate saturday = DAY.plusDays(6 - DAY.getDayOfWeek().getValue() % 7);
        BookingPage window = new BookingPage(tokyo, "nordlys", saturday.toString()).openLive();
        assertThat(window.page.getByText("after midnight")).containsText("Sun");
        assertThat(window.slot("00:30")).isEnabled();
        assertThat(window.page.locator("#zone")).containsText("Times in Nuuk (UTC-");
        window.slot("00:30").click();
        assertThat(window.page.locator("#booking-where")).containsText("where you are");
    }

    @Test
    @Order(7)
    void aPhoneNeedsNoSidewaysScrolling() throws Exception {
        publish("phone");
        BrowserContext phone = context(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true)
                .setDeviceScaleFactor(2));
        BookingPage window = new BookingPage(phone, "phone", DATE).openLive();
        assertThat(window.slot("19:00").boundingBox().height).isGreaterThanOrEqualTo(44);
        fitsAcross(window);
        window.slot("19:00").tap();
        assertThat(window.hook("book-confirm")).isInViewport();
        fitsAcross(window);
        window.hook("guest-name").fill("Ada Lovelace, who has a long name that must wrap somewhere");
        window.hook("book-confirm").tap();
        window.hasBooked("19:00");
        fitsAcross(window);
    }

    @Test
    @Order(8)
    void nothingOnThePageBreaksWcagAa() throws Exception {
        publish("accessible");
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            BrowserContext context = context(new Browser.NewContextOptions()
                    .setBypassCSP(true)
                    .setReducedMotion(ReducedMotion.REDUCE)
                    .setColorScheme(scheme));
            BookingPage window = new BookingPage(context, "accessible", DATE).openLive();
            assertThat(window.slot("22:00")).isVisible();
            Axe.finds(window.page).isEmpty();
            boolean first = scheme == ColorScheme.LIGHT;
            window.choose(first ? "17:30" : "20:30", "Ada");
            Axe.finds(window.page).isEmpty();
            window.confirm();
            assertThat(window.hook("booked")).isVisible();
            Axe.finds(window.page).isEmpty();
            String lost = first ? "19:00" : "22:00";
            window.choose(lost, "Ada");
            assertThat(api.book("accessible", DATE, lost).statusCode()).isEqualTo(201);
            assertThat(window.slot(lost)).isDisabled();
            window.confirm();
            assertThat(window.hook("conflict")).isVisible();
            Axe.finds(window.page).isEmpty();
        }
    }

    @Test
    @Order(9)
    void whoWaitsIsOfferedTheTableThatFreesAndTakesIt() throws Exception {
        publish("waitlist");
        String freed = id(api.book("waitlist", DATE, "19:00"));
        for (String time : List.of("17:30", "20:30", "22:00")) {
            assertThat(api.book("waitlist", DATE, time).statusCode()).isEqualTo(201);
        }
        BookingPage window = window("waitlist").openLive();
        window.hook("waitlist-open").click();
        window.hook("guest-name").fill("Eve");
        window.hook("waitlist-join").click();
        assertThat(window.hook("waitlist")).containsText("Waiting for 17:30 to 22:00");
        assertThat(window.hook("waitlist")).containsText("Live");
        assertThat(api.cancel(freed).statusCode()).isEqualTo(200);
        assertThat(window.hook("waitlist")).containsText("A table at 19:00 is free for you");
        assertThat(window.page.locator(".countdown")).hasText(Pattern.compile("\\d+:\\d\\d"));
        window.hook("offer-accept").click();
        window.hasBooked("19:00");
    }

    @Test
    @Order(10)
    void staffSeeABookingAtOnceAndTheGuestSeesThatItIsCancelled() throws Exception {
        publish("staffed");
        BookingPage guest = window("staffed").openLive();
        Page staff = context(new Browser.NewContextOptions()).newPage();
        var answer = staff.navigate(RunningPlatform.url() + "/staff.html?venue=staffed&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(staff.getByTestId("connection-state")).hasAttribute("data-state", "live");
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(guest.hook("booked")).containsText("Live");
        assertThat(staff.getByTestId("entry")).containsText("confirmed");
        staff.getByTestId("entry-cancel").click();
        staff.getByTestId("sure-yes").click();
        assertThat(guest.hook("cancelled")).containsText("Cancelled");
        assertThat(guest.slot("19:00")).isEnabled();
    }

    @Test
    @Order(11)
    void aWindowSaysThatItsReplicaIsGoneAndRecoversOnAnother() throws Exception {
        publish("killed-replicas");
        BookingPage window = window("killed-replicas").openLive();
        assertThat(window.slot("19:00")).isEnabled();
        kill("notify-1");
        kill("notify-2");
        window.shows("offline");
        assertThat(api.book("killed-replicas", DATE, "19:00").statusCode()).isEqualTo(201);
        platform.restart("notify-2");
        window.shows("live");
        assertThat(window.slot("19:00")).isDisabled();
        platform.restart("notify-1");
    }

    private static void kill(String replica) {
        boolean killed = ProcessHandle.of(platform.pid(replica))
                .map(ProcessHandle::destroyForcibly)
                .orElse(true);
        assertThat(killed).isTrue();
    }

    private static void fitsAcross(BookingPage window) {
        Object sideways = window.page.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(((Number) sideways).intValue()).isLessThanOrEqualTo(0);
    }

    private static String id(HttpResponse<String> booked) {
        assertThat(booked.statusCode()).as(booked.body()).isEqualTo(201);
        return new JsonObject(booked.body()).getString("id");
    }

    private static void publish(String venue) throws Exception {
        api.publish(venue, DATE);
    }

    private static BookingPage window(String venue) {
        return new BookingPage(context(new Browser.NewContextOptions()), venue, DATE);
    }

    private static BrowserContext context(Browser.NewContextOptions options) {
        return browser.context(options);
    }
}
