package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
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

    @BeforeAll
    static void launch() throws Exception {
        webKit = WebKit.launch();
        assertThat(RunningPlatform.get()).isNotNull();
        api = new Api(RunningPlatform.url());
        api.publish("webkit", DAY.toString());
    }

    @AfterAll
    static void quit() {
        if (webKit != null) {
            webKit.close();
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
}
