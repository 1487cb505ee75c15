package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The staff page under the hand of a host in a hurry: what is clicked is what was aimed at, and nothing goes by a slip. */
class HostPageIT {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    private static Api api;
    private static Chromium chromium;

    @BeforeAll
    static void launch() throws Exception {
        chromium = Chromium.launch();
        assertThat(RunningPlatform.get()).isNotNull();
        api = new Api(RunningPlatform.url());
    }

    @AfterEach
    void closeWindows() {
        chromium.closeWindows();
    }

    @AfterAll
    static void quit() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void aRowStaysUnderThePointerWhileABookingArrivesAboveIt() throws Exception {
        publish("aimed");
        book("aimed", "20:30", "Zoe");
        Page staff = open("aimed", chromium.context());
        Locator zoe = staff.getByTestId("entry");
        zoe.hover();
        double before = zoe.first().boundingBox().y;
        book("aimed", "17:30", "Early");
        assertThat(staff.locator("#waiting")).containsText("1 change waits");
        assertThat(zoe).hasCount(1);
        assertThat(zoe.first().boundingBox().y - before).as("moved by").isLessThan(60);
        staff.mouse().move(3, 3);
        assertThat(staff.getByTestId("entry")).hasCount(2);
        assertThat(staff.getByTestId("entry").first()).containsText("Early");
    }

    @Test
    void whatCannotBeTakenBackNamesTheGuestAndAsks() throws Exception {
        publish("asked");
        book("asked", "19:00", "Ada");
        Page staff = open("asked", chromium.context());
        staff.getByTestId("entry-no-show").click();
        assertThat(staff.locator("#sure-title")).containsText("Ada at 19:00");
        staff.getByTestId("sure-no").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        staff.getByTestId("entry-cancel").click();
        staff.getByTestId("sure-yes").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "cancelled");
    }

    @Test
    void aDoubleClickOnSeatSeatsAndDoesNotFinish() throws Exception {
        publish("twice");
        book("twice", "19:00", "Ada");
        Page staff = open("twice", chromium.context());
        assertThat(staff.getByTestId("entry-seat")).isEnabled();
        staff.getByTestId("entry-seat").click();
        staff.getByTestId("sure-yes").dblclick();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "seated");
        assertThat(staff.getByTestId("entry-finish")).isEnabled();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "seated");
    }

    @Test
    void aLostAnswerIsFollowedByWhatHasBecomeOfIt() throws Exception {
        publish("deed");
        book("deed", "19:00", "Ada");
        Page staff = open("deed", chromium.context());
        staff.route("**/cancel", route -> {
            assertThat(route.fetch().status()).isEqualTo(200);
            route.abort();
        });
        staff.getByTestId("entry-cancel").click();
        staff.getByTestId("sure-yes").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "cancelled");
    }

    @Test
    void aPhoneShowsStatusAndActionsWithoutScrollingSideways() throws Exception {
        publish("pocket");
        book("pocket", "19:00", "Maximilian Ferdinand von Hohenzollern-Sigmaringen the Second of His Name");
        BrowserContext phone = chromium.context(new Browser.NewContextOptions()
                .setViewportSize(360, 740)
                .setIsMobile(true)
                .setHasTouch(true));
        Page staff = open("pocket", phone);
        assertThat(staff.getByTestId("entry-seat")).isInViewport();
        assertThat(staff.locator(".status")).isInViewport();
        Object sideways = staff.evaluate("document.documentElement.scrollWidth - innerWidth");
        assertThat(((Number) sideways).intValue()).isLessThanOrEqualTo(0);
    }

    @Test
    void staffSeeTheNoteAndThePhoneNumber() throws Exception {
        publish("noted");
        book("noted", "19:00", "Ada");
        Page staff = open("noted", chromium.context());
        assertThat(staff.getByTestId("entry")).containsText("Nut allergy");
        assertThat(staff.getByTestId("entry")).containsText("+441632960001");
    }

    private static void book(String venue, String time, String name) throws Exception {
        JsonObject guest = new JsonObject().put("name", name).put("phone", "+441632960001");
        var booked = api.book(
                venue,
                new JsonObject()
                        .put("date", DATE)
                        .put("time", time)
                        .put("partySize", 2)
                        .put("note", "Nut allergy")
                        .put("guest", guest));
        assertThat(booked.statusCode()).as(booked.body()).isEqualTo(201);
    }

    private static void publish(String venue) throws Exception {
        var published = api.publish(venue);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        await().until(() -> api.get("/v1/venues/" + venue + "/days/" + DATE).contains("\"version\":1"));
    }

    private static Page open(String venue, BrowserContext context) {
        Page staff = context.newPage();
        var answer = staff.navigate(RunningPlatform.url() + "/staff.html?venue=" + venue + "&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(staff.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(staff.getByTestId("entry").first()).isVisible();
        return staff;
    }
}
