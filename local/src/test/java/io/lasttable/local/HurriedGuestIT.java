package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What guests mean and do: answers get lost, fingers slip, two tabs are open, links are old. */
class HurriedGuestIT {

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
    void aLostAnswerIsAskedForWithTheSameKeyAndTheTableIsBookedOnce() throws Exception {
        publish("lost-answer");
        BookingPage guest = window("lost-answer").openLive();
        AtomicInteger posts = loseTheAnswers(guest.page, 1);
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(posts).hasValueGreaterThanOrEqualTo(2);
        assertThat(guest.slot("19:00")).containsText("yours");
        assertThat(booked("lost-answer")).hasSize(1);
    }

    @Test
    void backAndTheSameTimeAgainIsTheSameWish() throws Exception {
        publish("back-again");
        BookingPage guest = window("back-again").openLive();
        loseTheAnswers(guest.page, 2);
        guest.choose("19:00", "Ada");
        guest.confirm();
        assertThat(guest.page.locator("#booking-error")).containsText("No answer has come yet");
        guest.page.locator("#back").click();
        assertThat(guest.hook("asking")).containsText("No answer yet: 19:00");
        guest.hasBooked("19:00");
        assertThat(guest.hook("asking")).hasCount(0);
        assertThat(booked("back-again")).hasSize(1);
    }

    @Test
    void aReloadForgetsNoOpenWish() throws Exception {
        publish("reloaded");
        BookingPage guest = window("reloaded").openLive();
        loseTheAnswers(guest.page, Integer.MAX_VALUE);
        guest.choose("19:00", "Ada");
        guest.confirm();
        await().until(() -> booked("reloaded").size() == 1);
        guest.page.unroute("**/reservations");
        guest.page.reload();
        guest.hasBooked("19:00");
        assertThat(booked("reloaded")).hasSize(1);
    }

    @Test
    void aWishThatIsGivenUpIsGivenBackOnceItIsGranted() throws Exception {
        publish("given-up");
        BookingPage guest = window("given-up").openLive();
        loseTheAnswers(guest.page, 2);
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.page.locator("#back").click();
        guest.hook("asking-give-up").click();
        assertThat(guest.hook("asking")).hasCount(0);
        assertThat(guest.slot("19:00")).isEnabled();
        assertThat(guest.hook("booked")).hasCount(0);
    }

    @Test
    void twoTabsKeepOneListAndEachShowsWhatTheOtherBooked() throws Exception {
        publish("first-tab");
        publish("second-tab");
        BrowserContext context = chromium.context();
        BookingPage first = new BookingPage(context, "first-tab", DATE).openLive();
        BookingPage second = new BookingPage(context, "second-tab", DATE).openLive();
        first.choose("19:00", "Ada");
        first.confirm();
        first.hasBooked("19:00");
        second.choose("20:30", "Ada");
        second.confirm();
        assertThat(second.hook("booked")).hasCount(2);
        assertThat(first.hook("booked")).hasCount(2);
        first.page.reload();
        assertThat(first.hook("booked")).hasCount(2);
    }

    @Test
    void withoutStorageAndWithoutRandomUuidsOneBooksAllTheSameAndIsToldThatNothingIsKept() throws Exception {
        publish("no-storage");
        BookingPage guest = window("no-storage");
        guest.page.addInitScript(
                "Object.defineProperty(window, 'localStorage',"
                        + " { get() { throw new DOMException('blocked', 'SecurityError'); } }); delete Crypto.prototype.randomUUID;");
        guest.openLive();
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(guest.page.locator("#not-kept")).isVisible();
    }

    @Test
    void whatIsBrokenInStorageIsPassedOver() throws Exception {
        publish("broken-storage");
        BookingPage guest = window("broken-storage");
        guest.page.addInitScript(
                "localStorage.setItem('lasttable.mine', '{['); localStorage.setItem('lasttable.mine.x', 'null');");
        guest.openLive();
        assertThat(guest.slot("19:00")).isEnabled();
    }

    @Test
    void aPartyThatNobodyCanSeatIsSaidAndNeverBookedAsAnother() throws Exception {
        publish("eight");
        BookingPage guest = window("eight").openLive();
        guest.hook("party-size").fill("8");
        assertThat(guest.page.locator("#message")).containsText("has tables for");
        assertThat(guest.slot("19:00")).isDisabled();
        guest.hook("party-size").fill("2");
        assertThat(guest.slot("19:00")).isEnabled();
    }

    @Test
    void aLinkToARestaurantThatIsGoneOpensNoOther() {
        Page page = chromium.context().newPage();
        assertThat(page.navigate(RunningPlatform.url() + "/?venue=closed-down&date=" + DATE)
                        .ok())
                .isTrue();
        assertThat(page.locator("#message")).containsText("not here any more");
        assertThat(page.getByTestId("venue-select")).hasValue("");
        assertThat(page.locator(".slot")).hasCount(0);
    }

    @Test
    void aTakenTimeCanBeWaitedFor() throws Exception {
        publish("wait-for-it");
        assertThat(api.book("wait-for-it", DATE, "19:00").statusCode()).isEqualTo(201);
        BookingPage guest = window("wait-for-it").openLive();
        guest.hook("wait-19:00").click();
        guest.hook("guest-name").fill("Eve");
        guest.hook("waitlist-join").click();
        assertThat(guest.hook("waitlist")).containsText("Waiting for 19:00");
    }

    @Test
    void aDoubleClickOnCancelDoesNotHideTheCardAndWhatIsCancelledIsBookedAgainWithOneClick() throws Exception {
        publish("slipped");
        BookingPage guest = window("slipped").openLive();
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(guest.hook("cancel")).isEnabled();
        guest.hook("cancel").dblclick();
        assertThat(guest.hook("cancelled")).containsText("Cancelled");
        guest.hook("book-again").click();
        guest.confirm();
        guest.hasBooked("19:00");
    }

    @Test
    void thePageSpeaksTheReadersLanguageAndWritesTheirTimes() throws Exception {
        publish("speaks");
        BookingPage german = new BookingPage(
                        chromium.context(new Browser.NewContextOptions().setLocale("de-AT")), "speaks", DATE)
                .openLive();
        assertThat(german.page.getByText("Ihre Tische")).isVisible();
        assertThat(german.page.locator("html")).hasAttribute("lang", "de");
        BookingPage american = new BookingPage(
                        chromium.context(new Browser.NewContextOptions().setLocale("en-US")), "speaks", DATE)
                .openLive();
        assertThat(american.slot("19:00")).containsText("7:00");
        BookingPage arabic = new BookingPage(
                        chromium.context(new Browser.NewContextOptions().setLocale("ar-EG")), "speaks", DATE)
                .openLive();
        assertThat(arabic.page.locator("html")).hasAttribute("dir", "rtl");
        assertThat(arabic.slot("19:00")).isEnabled();
    }

    @Test
    void whoHearsThePageIsToldOfChangesWhileTheDialogIsOpen() throws Exception {
        publish("heard");
        BookingPage guest = window("heard").openLive();
        guest.slot("19:00").click();
        assertThat(api.book("heard", DATE, "19:00").statusCode()).isEqualTo(201);
        assertThat(guest.page.locator("#booking .announce")).not().isEmpty();
    }

    /** Lets the server answer and the page not hear it, so many times. */
    @CanIgnoreReturnValue
    private static AtomicInteger loseTheAnswers(Page page, int times) {
        AtomicInteger posts = new AtomicInteger();
        page.route("**/reservations", route -> {
            if (posts.incrementAndGet() <= times) {
                assertThat(route.fetch().status()).isBetween(200, 409);
                route.abort();
            } else {
                route.resume();
            }
        });
        return posts;
    }

    private static JsonArray booked(String venue) throws Exception {
        return new JsonObject(api.read("/v1/venues/" + venue + "/reservations?status=confirmed&date=" + DATE))
                .getJsonArray("items");
    }

    private static void publish(String venue) throws Exception {
        var published = api.publish(venue);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        await().until(() -> api.get("/v1/venues/" + venue + "/days/" + DATE).contains("\"version\":1"));
    }

    private static BookingPage window(String venue) {
        return new BookingPage(chromium.context(), venue, DATE);
    }
}
