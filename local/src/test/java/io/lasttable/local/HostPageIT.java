package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The staff page under the hand of a host in a hurry: what is clicked is what was aimed at, and nothing goes by a slip. */
class HostPageIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    @Test
    void aRowStaysUnderThePointerWhileABookingArrivesAboveIt() throws Exception {
        publish("aimed");
        book("aimed", "20:30", "Zoe");
        Page staff = open("aimed", browser.context());
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
        Page staff = open("asked", browser.context());
        staff.getByTestId("entry-no-show").click();
        assertThat(staff.locator("#sure-title")).containsText("Ada at 19:00");
        staff.getByTestId("sure-no").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        staff.getByTestId("entry-cancel").click();
        staff.getByTestId("sure-yes").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "cancelled");
    }

    @Test
    void whoReadsTextTwiceAsLargeOnAPhoneNeedsNoSidewaysScrolling() throws Exception {
        publish("large");
        book("large", "19:00", "Maximiliane Featherstonehaugh");
        Page staff = open("large", browser.context(new Browser.NewContextOptions().setViewportSize(390, 844)));
        assertThat(sidewaysWithLargeText(staff)).isLessThanOrEqualTo(0);
    }

    @Test
    void aDoubleClickOnSeatSeatsAndDoesNotFinish() throws Exception {
        publish("twice");
        book("twice", "19:00", "Ada");
        Page staff = open("twice", browser.context());
        answer(staff, "seat", 200, entry("twice").put("status", "seated").put("version", 2));
        List<String> finished = answer(staff, "finish", 500, new JsonObject());
        staff.getByTestId("entry-seat").click();
        staff.getByTestId("sure-yes").dblclick();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "seated");
        assertThat(staff.getByTestId("entry-finish")).isEnabled();
        assertThat(staff.locator("dialog[open]")).hasCount(0);
        assertThat(finished).isEmpty();
    }

    @Test
    void aStepThatIsTooEarlyIsToldWithTheTimeFromWhichItIsNot() throws Exception {
        publish("early");
        book("early", "19:00", "Ada");
        Page staff = open("early", browser.context());
        Instant allowed = LocalDate.parse(DATE)
                .atTime(17, 0)
                .atZone(ZoneId.of("Europe/London"))
                .toInstant();
        answer(
                staff,
                "seat",
                409,
                new JsonObject().put("type", "/problems/illegal-transition").put("allowedFrom", allowed.toString()));
        staff.getByTestId("entry-seat").click();
        staff.getByTestId("sure-yes").click();
        assertThat(staff.getByTestId("entry")).containsText("Not before 17:00 on");
    }

    @Test
    void twoQuestionsThatAreAnsweredBeforeTheBrowserTellsAreEachAnswered() throws Exception {
        api.publish(
                "two-questions",
                DATE,
                venue -> venue.getJsonArray("tables")
                        .add(new JsonObject()
                                .put("id", "T2")
                                .put("minCovers", 1)
                                .put("maxCovers", 2)));
        book("two-questions", "19:00", "Ada");
        book("two-questions", "19:00", "Bob");
        Page staff = open("two-questions", browser.context());
        assertThat(staff.getByTestId("entry")).hasCount(2);
        Locator bobs = staff.getByTestId("entry-cancel").last();
        assertThat(bobs).isEnabled();
        staff.getByTestId("entry-cancel").first().click();
        assertThat(staff.locator("#sure")).isVisible();
        bobs.evaluate("(it) => { document.querySelector('[data-testid=sure-yes]').click(); it.click(); }");
        staff.getByTestId("sure-yes").click();
        assertThat(staff.locator("[data-testid=entry][data-status=cancelled]")).hasCount(2);
    }

    @Test
    void thePlatformItselfTakesACancellationBack() throws Exception {
        publish("restored");
        book("restored", "19:00", "Ada");
        Page staff = open("restored", browser.context());
        BookingPage guest = new BookingPage(browser.context(), "restored", DATE).openLive();
        cancel(staff);
        assertThat(guest.slot("19:00")).isEnabled();
        staff.getByTestId("undo").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        assertThat(staff.getByTestId("undo-offer")).hasCount(0);
        assertThat(guest.slot("19:00")).isDisabled();
    }

    @Test
    void whatWasDoneIsTakenBackWithinTenSeconds() throws Exception {
        publish("undone");
        book("undone", "19:00", "Ada");
        Page staff = open("undone", browser.context());
        JsonObject before = entry("undone");
        List<String> keys = answerRestore(staff, 200, before.copy().put("version", before.getInteger("version") + 2));
        cancel(staff);
        assertThat(staff.getByTestId("undo-offer")).containsText("Ada, 19:00: cancelled.");
        staff.getByTestId("undo").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "confirmed");
        assertThat(staff.getByTestId("undo-offer")).hasCount(0);
        assertThat(keys).hasSize(1).doesNotContainNull();
    }

    @Test
    void ctrlZTakesBackToo() throws Exception {
        publish("keyed");
        book("keyed", "19:00", "Ada");
        Page staff = open("keyed", browser.context());
        JsonObject before = entry("keyed");
        answerRestore(staff, 200, before.copy().put("version", before.getInteger("version") + 2));
        cancel(staff);
        assertThat(staff.getByTestId("undo")).isEnabled();
        staff.keyboard().press("Control+z");
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "confirmed");
    }

    @Test
    void whatCannotBeTakenBackIsSaidWithWhatIsFree() throws Exception {
        publish("gone-again");
        book("gone-again", "19:00", "Ada");
        Page staff = open("gone-again", browser.context());
        JsonObject free =
                new JsonObject().put("date", DATE).put("time", "20:30").put("left", 1);
        answerRestore(
                staff,
                409,
                new JsonObject()
                        .put("type", "/problems/slot-taken")
                        .put("cause", "table-taken")
                        .put("alternatives", new JsonArray().add(free)));
        cancel(staff);
        staff.getByTestId("undo").click();
        assertThat(staff.getByTestId("undo-offer")).containsText("Still free: 20:30");
        staff.getByTestId("undo-hide").click();
        assertThat(staff.getByTestId("undo-offer")).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"404,not-found", "405,method-not-allowed"})
    void aPlatformThatKnowsNoUndoIsSaidToKnowNone(int status, String problem) throws Exception {
        String venue = "no-undo-" + status;
        publish(venue);
        book(venue, "19:00", "Ada");
        Page staff = open(venue, browser.context());
        answerRestore(staff, status, new JsonObject().put("type", "/problems/" + problem));
        cancel(staff);
        staff.getByTestId("undo").click();
        assertThat(staff.getByTestId("undo-offer")).containsText("cannot undo it");
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "cancelled");
    }

    @Test
    void anOfferToUndoEndsAfterTenSecondsUnlessSomebodyPointsAtIt() throws Exception {
        publish("ten-seconds");
        book("ten-seconds", "19:00", "Ada");
        BrowserContext context = browser.context();
        Page staff = context.newPage();
        staff.clock().install();
        show(staff, "ten-seconds");
        cancel(staff);
        staff.getByTestId("undo-offer").hover();
        staff.clock().runFor(15_000);
        assertThat(staff.getByTestId("undo-offer")).isVisible();
        staff.mouse().move(3, 3);
        staff.clock().runFor(2_000);
        assertThat(staff.getByTestId("undo-offer")).hasCount(0);
    }

    @Test
    void aClickJustAfterTheListHasMovedDoesNothingAndSaysSo() throws Exception {
        publish("shifted");
        book("shifted", "20:30", "Zoe");
        Page staff = open("shifted", browser.context());
        assertThat(staff.getByTestId("entry-seat")).isEnabled();
        staff.evaluate("""
                () => new MutationObserver(() => {
                  const zoe = [...document.querySelectorAll('[data-testid=entry]')].find((row) => row.textContent.includes('Zoe'));
                  zoe.querySelector('[data-testid=entry-cancel]').click();
                }).observe(document.getElementById('entries'), { childList: true })""");
        book("shifted", "17:30", "Early");
        assertThat(staff.getByTestId("entry").nth(1)).containsText("The list has just moved");
        assertThat(staff.locator("dialog[open]")).hasCount(0);
    }

    @Test
    void whatComesAboveTheListMovesNoClickToAnotherGuest() throws Exception {
        publish("shifted-from-above");
        book("shifted-from-above", "19:00", "Zoe");
        Page staff = open("shifted-from-above", browser.context());
        assertThat(staff.getByTestId("entry-cancel")).isEnabled();
        Object said = staff.evaluate("""
                async () => {
                  const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
                  document.getElementById('stale').hidden = false;
                  document.getElementById('stale').textContent = 'Not live';
                  await painted();
                  document.querySelector('[data-testid=entry-cancel]').click();
                  return document.querySelector('[data-testid=entry] .error').textContent;
                }""");
        assertThat(said.toString()).contains("just moved");
        assertThat(staff.locator("#sure")).isHidden();
    }

    @Test
    void thoseWhoWaitAreSeenWithTheirNames() throws Exception {
        publish("line-up");
        book("line-up", "19:00", "Ada");
        Page staff = open("line-up", browser.context());
        assertThat(api.joinWaitlist("line-up", DATE, "19:00", "Eve").statusCode())
                .isEqualTo(201);
        assertThat(staff.getByTestId("waiter")).containsText("Eve");
        assertThat(staff.getByTestId("waiter")).containsText("19:00");
        assertThat(staff.getByTestId("waiter")).containsText("waiting");
        assertThat(staff.locator("#announce")).containsText("Waiting: 19:00");
    }

    @Test
    void aLostAnswerIsFollowedByWhatHasBecomeOfIt() throws Exception {
        publish("deed");
        book("deed", "19:00", "Ada");
        Page staff = open("deed", browser.context());
        LostAnswers lost = LostAnswers.of(staff, "/cancel", 1);
        staff.getByTestId("entry-cancel").click();
        staff.getByTestId("sure-yes").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "cancelled");
        assertThat(lost.asked()).isEqualTo(1);
    }

    @Test
    void aPhoneShowsStatusAndActionsWithoutScrollingSideways() throws Exception {
        publish("pocket");
        book("pocket", "19:00", "Maximilian Ferdinand von Hohenzollern-Sigmaringen the Second of His Name");
        BrowserContext phone = browser.context(new Browser.NewContextOptions()
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
        Page staff = open("noted", browser.context());
        assertThat(staff.getByTestId("entry")).containsText("Nut allergy");
        assertThat(staff.getByTestId("entry")).containsText("+441632960001");
    }

    private static void cancel(Page staff) {
        staff.getByTestId("entry-cancel").click();
        staff.getByTestId("sure-yes").click();
        assertThat(staff.getByTestId("entry")).hasAttribute("data-status", "cancelled");
    }

    /** Stands in for the platform; gives the idempotency keys that come. */
    @CanIgnoreReturnValue
    private static List<String> answerRestore(Page staff, int status, JsonObject body) {
        return answer(staff, "restore", status, body);
    }

    @CanIgnoreReturnValue
    private static List<String> answer(Page staff, String step, int status, JsonObject body) {
        List<String> keys = new ArrayList<>();
        staff.route("**/" + step, route -> {
            keys.add(route.request().headerValue("Idempotency-Key"));
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(status)
                    .setContentType("application/json")
                    .setBody(body.encode()));
        });
        return keys;
    }

    private static JsonObject entry(String venue) throws Exception {
        return new JsonObject(api.read("/v1/venues/" + venue + "/reservations?date=" + DATE))
                .getJsonArray("items")
                .getJsonObject(0);
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
        api.publish(venue, DATE);
    }

    /** How far a page goes beyond the window, in pixels, with text twice as large. */
    static int sidewaysWithLargeText(Page page) {
        return ((Number) page.evaluate("""
                () => {
                  document.documentElement.style.fontSize = '200%';
                  return document.documentElement.scrollWidth - innerWidth;
                }""")).intValue();
    }

    private static Page open(String venue, BrowserContext context) {
        Page staff = context.newPage();
        show(staff, venue);
        return staff;
    }

    private static void show(Page staff, String venue) {
        var answer = staff.navigate(RunningPlatform.url() + "/staff.html?venue=" + venue + "&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(staff.getByTestId("connection-state")).hasAttribute("data-state", "live");
        assertThat(staff.getByTestId("entry").first()).isVisible();
    }
}
