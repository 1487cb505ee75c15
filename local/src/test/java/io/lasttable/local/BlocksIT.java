package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What the house closes to new bookings, from the host's screen. */
class BlocksIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    @Test
    void aTableThatIsClosedForAWhileTakesNobodyNewAndEveryScreenSeesItUntilItIsOpenedAgain() throws Exception {
        publish("blocked");
        Page host = open("blocked");
        Page other = open("blocked");
        close(host, "tables", "T1", "19:00", "20:30", "it wobbles");
        assertThat(host.getByTestId("block")).containsText("table T1, 19:00 – 20:30 it wobbles");
        assertThat(other.getByTestId("block")).containsText("it wobbles");
        assertThat(api.book("blocked", DATE, "19:30").body()).contains("\"cause\":\"blocked\"");
        assertThat(api.book("blocked", DATE, "21:00").statusCode()).isEqualTo(201);
        other.getByTestId("block-end").click();
        assertThat(other.getByTestId("block")).hasCount(0);
        assertThat(host.getByTestId("block")).hasCount(0);
        other.getByTestId("undo").click();
        assertThat(host.getByTestId("block")).containsText("it wobbles");
        host.getByTestId("block-end").click();
        assertThat(other.getByTestId("block")).hasCount(0);
        assertThat(api.book("blocked", DATE, "19:00").statusCode()).isEqualTo(201);
    }

    @Test
    void whatIsClosedIsSeenBetweenTheBarsOfTablesByTime() throws Exception {
        publish("blocked-bars");
        assertThat(api.book("blocked-bars", DATE, "17:30").statusCode()).isEqualTo(201);
        assertThat(api.book("blocked-bars", DATE, "21:30").statusCode()).isEqualTo(201);
        var options = new Browser.NewContextOptions().setBypassCSP(true).setReducedMotion(ReducedMotion.REDUCE);
        Page host = open("blocked-bars", options);
        host.getByTestId("view").click();
        assertThat(host.getByTestId("bar")).hasCount(2);
        close(host, "house", "", "19:00", "20:30", "a wedding in the yard");
        assertThat(host.getByTestId("lane-T1").getByTestId("closed")).hasCount(1);
        assertThat(host.getByTestId("block-end")).hasAttribute("aria-disabled", "false");
        Axe.finds(host).isEmpty();
        byte[] made = host.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("blocks.png")));
        assertThat(made).hasSizeGreaterThan(10_000);
    }

    @Test
    void aBlockWhoseAnswerIsLostIsMadeOnce() throws Exception {
        publish("blocked-lost");
        Page host = open("blocked-lost");
        LostAnswers lost = LostAnswers.of(host, "PUT", "/blocks/[^/]+", 1);
        close(host, "house", "", "", "", "closed for the night");
        assertThat(host.locator("#block")).not().isVisible();
        assertThat(host.getByTestId("block")).hasCount(1);
        assertThat(lost.asked()).isEqualTo(2);
        JsonObject blocks = new JsonObject(api.read("/v1/venues/blocked-lost/blocks?from=" + DATE + "&to=" + DATE));
        assertThat(blocks.getJsonArray("items")).hasSize(1);
    }

    @Test
    void aBlockThatIsMadeLateLeavesTheNextOnesDialogAlone() throws Exception {
        publish("blocked-twice");
        Page host = open("blocked-twice");
        List<Route> sent = new CopyOnWriteArrayList<>();
        host.route("**/blocks/*", sent::add);
        close(host, "house", "", "19:00", "20:00", "the first");
        host.waitForCondition(() -> !sent.isEmpty());
        host.locator("#block-back").click();
        host.getByTestId("block-some").click();
        host.getByTestId("block-reason").fill("the second");
        host.unroute("**/blocks/*");
        sent.get(0).resume();
        assertThat(host.getByTestId("block")).containsText("the first");
        host.getByTestId("block-yes").click();
        assertThat(host.getByTestId("block")).hasCount(2);
        assertThat(host.locator("#block")).not().isVisible();
    }

    /** The night on which clocks in Paris show the hour from two to three twice; tables are given for the first of them. */
    @Test
    void whatIsClosedPastMidnightIsSeenOnItsNightAlsoWhenTheHourComesTwice() throws Exception {
        String night = clocksGoBack().minusDays(1).toString();
        api.publish("blocked-night", night, BlocksIT::seatsThroughTheNightInParis);
        assertThat(api.book("blocked-night", night, "23:00").statusCode()).isEqualTo(201);
        assertThat(api.book("blocked-night", night, "02:30").statusCode()).isEqualTo(201);
        Page host = open("blocked-night", night, new Browser.NewContextOptions());
        host.getByTestId("view").click();
        assertThat(host.getByTestId("bar")).hasCount(2);
        close(host, "house", "", "02:30", "04:00", "the clocks");
        Locator closed = host.getByTestId("lane-T1").getByTestId("closed");
        assertThat(closed).hasCount(1);
        double bar = host.locator("[data-testid=bar][title$='2:30']").boundingBox().x;
        assertThat(closed.boundingBox().x).isCloseTo(bar, within(2.0));
    }

    @Test
    void hoursInWhichNobodySitsDownAnyMoreCloseNothingOfTheEveningBefore() throws Exception {
        api.publish(
                "blocked-late",
                DATE,
                venue -> venue.getJsonArray("servicePeriods").getJsonObject(0).put("lastSeating", "23:30"));
        assertThat(api.book("blocked-late", DATE, "23:30").statusCode()).isEqualTo(201);
        Page host = open("blocked-late");
        host.getByTestId("view").click();
        assertThat(host.getByTestId("bar")).hasCount(1);
        close(host, "house", "", "00:30", "04:00", "the floor is waxed");
        assertThat(host.getByTestId("block")).hasCount(1);
        assertThat(host.getByTestId("closed")).hasCount(0);
        close(host, "house", "", "23:00", "04:00", "nobody is let in");
        assertThat(host.getByTestId("lane-T1").getByTestId("closed")).hasCount(1);
    }

    private static LocalDate clocksGoBack() {
        ZoneRules rules = ZoneId.of("Europe/Paris").getRules();
        ZoneOffsetTransition change = rules.nextTransition(Instant.now().plus(Duration.ofDays(2)));
        return (change.isOverlap() ? change : rules.nextTransition(change.getInstant()))
                .getDateTimeAfter()
                .toLocalDate();
    }

    private static void seatsThroughTheNightInParis(JsonObject venue) {
        venue.put("timeZone", "Europe/Paris").getJsonObject("bookingWindow").put("maxDaysAhead", 365);
        venue.getJsonArray("servicePeriods")
                .getJsonObject(0)
                .put("firstSeating", "20:00")
                .put("lastSeating", "03:00");
    }

    @Test
    void whatIsHalfSaidIsAskedForAndNothingIsClosed() throws Exception {
        publish("blocked-half");
        Page host = open("blocked-half");
        close(host, "house", "", "19:00", "", "");
        assertThat(host.locator("#block-error")).containsText("from when and until when");
        assertThat(host.getByTestId("block")).hasCount(0);
    }

    private static void close(Page host, String what, String table, String from, String until, String reason) {
        host.getByTestId("block-some").click();
        assertThat(host.getByTestId("block-what").selectOption(what)).containsExactly(what);
        if (!table.isEmpty()) {
            assertThat(host.getByTestId("block-tables").selectOption(table)).containsExactly(table);
        }
        host.getByTestId("block-from").fill(from);
        host.getByTestId("block-until").fill(until);
        host.getByTestId("block-reason").fill(reason);
        host.getByTestId("block-yes").click();
    }

    private static void publish(String venue) throws Exception {
        api.publish(venue, DATE);
    }

    private static Page open(String venue) {
        return open(venue, new Browser.NewContextOptions());
    }

    private static Page open(String venue, Browser.NewContextOptions options) {
        return open(venue, DATE, options);
    }

    private static Page open(String venue, String date, Browser.NewContextOptions options) {
        Page page = browser.context(options).newPage();
        var answer = page.navigate(RunningPlatform.url() + "/staff.html?venue=" + venue + "&date=" + date);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("connection-state")).hasAttribute("data-state", "live");
        return page;
    }
}
