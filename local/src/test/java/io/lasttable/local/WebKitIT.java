package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Both pages in Safari's engine, which writes dates and times in ways of its own. Each story goes on from the one before. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WebKitIT {

    private static final LocalDate DAY = LocalDate.now().plusDays(6);

    private static WebKit webKit;
    private static Api api;
    private static ForeignSite site;

    @BeforeAll
    static void launch() throws Exception {
        webKit = WebKit.launch();
        assertThat(RunningPlatform.get()).isNotNull();
        api = new Api(RunningPlatform.url());
        api.publish("webkit", DAY.toString());
        site = ForeignSite.open(RunningPlatform.url(), DAY.toString());
    }

    @AfterAll
    static void quit() {
        if (webKit != null) {
            webKit.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    @Order(1)
    void aGuestReadsTheDayAndBooks() throws Exception {
        webKit.open(RunningPlatform.url() + "/?venue=webkit&date=" + DAY);
        webKit.shows("#connection", "Live");
        webKit.shows("[data-testid=\"slot-19:00\"]", "last table");
        assertThat(webKit.text("#when")).contains("" + DAY.getDayOfMonth()).doesNotContain("Invalid");
        assertThat(webKit.text("#zone")).contains("London (UTC");
        webKit.click("[data-testid=\"slot-19:00\"]");
        assertThat(webKit.run("document.getElementById('name').value = 'Ada'; return true"))
                .isEqualTo(true);
        webKit.click("#confirm");
        webKit.shows("[data-testid=booked] h3", "Yours at");
        webKit.shows("[data-testid=\"slot-19:00\"]", "yours");
    }

    @Test
    @Order(2)
    void aHostSeesTheBookCancelsAndIsOfferedToUndo() throws Exception {
        webKit.open(RunningPlatform.url() + "/staff.html?venue=webkit&date=" + DAY);
        webKit.shows("[data-testid=entry] .name", "Ada");
        assertThat(webKit.text("#summary")).isEqualTo("1 table, 2 covers");
        webKit.click("[data-testid=entry-cancel]");
        webKit.click("[data-testid=sure-yes]");
        webKit.shows("[data-testid=entry] .status", "cancelled");
        webKit.shows("[data-testid=undo-offer]", "Ada");
    }

    @Test
    @Order(3)
    void aBookingFromElsewhereArrivesLive() throws Exception {
        webKit.shows("#connection", "Live");
        assertThat(api.book("webkit", DAY.toString(), "21:00").statusCode()).isEqualTo(201);
        webKit.shows("#summary", "1 table, 2 covers");
    }

    @Test
    @Order(4)
    void aLostAnswerIsAskedForAgainAndTheTableIsGivenBack() throws Exception {
        api.publish("webkit-lost", DAY.toString());
        guest("webkit-lost", "");
        assertThat(webKit.run("(" + LostAnswers.IN_PAGE + ")(['/reservations', 1]); return true"))
                .isEqualTo(true);
        book();
        webKit.shows("[data-testid=booked] h3", "Yours at");
        assertThat(webKit.run("return window.asked")).isEqualTo(2);
        assertThat(new JsonObject(api.read("/v1/venues/webkit-lost/reservations?date=" + DAY)).getJsonArray("items"))
                .hasSize(1);
        webKit.click("[data-testid=cancel]");
        webKit.shows("[data-testid=cancelled] h3", "Cancelled");
        webKit.shows("[data-testid=\"slot-19:00\"]", "last table");
    }

    @Test
    @Order(5)
    void daysFollowOneAnotherAsInTheCalendar() throws Exception {
        guest("webkit", "");
        LocalDate next = DAY.plusDays(1);
        webKit.click("#day-after");
        webKit.shows("#when", next.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
        assertThat(webKit.text("#when")).contains("" + next.getDayOfMonth());
        webKit.type("#date", DAY.toString());
        webKit.shows("#when", DAY.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    }

    @Test
    @Order(6)
    void arabicRunsFromRightToLeft() throws Exception {
        guest("webkit", "&lang=ar");
        assertThat(webKit.run("return getComputedStyle(document.querySelector('main')).direction"))
                .isEqualTo("rtl");
        webKit.shows("#mine-title", "طاولاتك");
        picture("guest-ar-webkit.png");
    }

    @Test
    @Order(7)
    void theWidgetBooksInAFrameOfAnotherSite() throws Exception {
        api.publish("webkit-framed", DAY.toString());
        webKit.open(site.framed("webkit-framed", site.key(api, "webkit-framed")));
        webKit.intoTheFrame();
        webKit.into("lasttable-booking");
        webKit.shows("[data-testid=connection-state]", "Live");
        webKit.click("[data-testid=\"slot-19:00\"]");
        webKit.shows("[data-testid=held]", "Kept for you");
        webKit.type("[data-testid=guest-name]", "Ada");
        picture("widget-framed-webkit.png");
        webKit.click("[data-testid=book-confirm]");
        webKit.shows("[data-testid=booked] h3", "Yours at");
    }

    @Test
    @Order(8)
    void theHouseIsReadAsItStandsAndATableIsClosed() throws Exception {
        webKit.open(RunningPlatform.url() + "/staff.html?venue=webkit&date=" + DAY);
        webKit.shows("#connection", "Live");
        webKit.click("#view-floor");
        webKit.shows("[data-testid=stand-T1]", "T1");
        webKit.click("[data-testid=stand-T1]");
        webKit.click("[data-testid=block-here]");
        webKit.click("#block-yes");
        webKit.shows("[data-testid=block]", "T1");
        picture("floor-webkit.png");
    }

    private static void guest(String venue, String more) throws Exception {
        webKit.open(RunningPlatform.url() + "/?venue=" + venue + "&date=" + DAY + more);
        await().until(() -> Boolean.TRUE.equals(
                webKit.run("return document.getElementById('connection')?.dataset.state === 'live'")));
        await().until(() -> Boolean.TRUE.equals(webKit.run("return Boolean(document.querySelector('.slot'))")));
    }

    private static void book() {
        webKit.click("[data-testid=\"slot-19:00\"]");
        webKit.type("#name", "Ada");
        webKit.click("#confirm");
    }

    private static void picture(String name) throws Exception {
        byte[] made = webKit.picture();
        assertThat(made).as(name).hasSizeGreaterThan(5_000);
        Files.createDirectories(BrowserStories.PICTURES);
        assertThat(Files.write(BrowserStories.PICTURES.resolve(name), made)).exists();
    }
}
