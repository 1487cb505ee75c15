package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What guests mean and do: answers get lost, fingers slip, two tabs are open, links are old. */
class HurriedGuestIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    @Test
    void aLostAnswerIsAskedForWithTheSameKeyAndTheTableIsBookedOnce() throws Exception {
        publish("lost-answer");
        BookingPage guest = window("lost-answer").openLive();
        LostAnswers lost = guest.losesAnswers("/reservations", 1);
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(lost.asked()).isEqualTo(2);
        assertThat(guest.slot("19:00")).containsText("yours");
        assertThat(booked("lost-answer")).hasSize(1);
    }

    @Test
    void whoIsToldToAskMoreSlowlyAfterALostAnswerHasTheirTableAllTheSame() throws Exception {
        publish("lost-and-slowed");
        BookingPage guest = window("lost-and-slowed").openLive();
        LostAnswers.of(guest.page, "/reservations", 1);
        AtomicInteger asked = new AtomicInteger();
        guest.page.route("**/reservations", route -> {
            if (asked.incrementAndGet() == 2) {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(429)
                        .setContentType("application/problem+json")
                        .setBody("{\"type\":\"/problems/rate-limited\"}"));
            } else {
                route.resume();
            }
        });
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(asked).hasValue(3);
        assertThat(booked("lost-and-slowed")).hasSize(1);
    }

    @Test
    void whoHasGoneBackIsToldThatTheirWishWasRefused() throws Exception {
        publish("refused-later");
        BookingPage guest = window("refused-later").openLive();
        List<Route> sent = new CopyOnWriteArrayList<>();
        guest.page.route("**/reservations", sent::add);
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.page.waitForCondition(() -> !sent.isEmpty());
        guest.page.locator("#back").click();
        assertThat(api.book("refused-later", DATE, "19:00").statusCode()).isEqualTo(201);
        sent.get(0).resume();
        assertThat(guest.page.locator("aside .error").first()).containsText("19:00: ");
        assertThat(guest.hook("booked")).hasCount(0);
    }

    @Test
    void nothingButSpacesIsNoName() throws Exception {
        publish("nameless");
        BookingPage guest = window("nameless").openLive();
        guest.choose("19:00", "   ");
        guest.confirm();
        assertThat(guest.hook("guest-name")).isFocused();
        assertThat(guest.page.locator("#name:invalid")).isVisible();
        assertThat(guest.page.locator("#booking-error")).isEmpty();
    }

    @Test
    void backAndTheSameTimeAgainIsTheSameWish() throws Exception {
        publish("back-again");
        BookingPage guest = window("back-again").openLive();
        guest.losesAnswers("/reservations", 2);
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
        guest.losesAnswers("/reservations", Integer.MAX_VALUE);
        guest.choose("19:00", "Ada");
        guest.confirm();
        await().until(() -> booked("reloaded").size() == 1);
        guest.page.reload();
        guest.hasBooked("19:00");
        assertThat(booked("reloaded")).hasSize(1);
    }

    @Test
    void aWishThatIsGivenUpIsGivenBackOnceItIsGranted() throws Exception {
        publish("given-up");
        BookingPage guest = window("given-up").openLive();
        guest.losesAnswers("/reservations", 3);
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
        BrowserContext context = browser.context();
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

    /** Also one that was never one: it is no address of another call either. */
    @ParameterizedTest
    @ValueSource(strings = {"closed-down", "Chez Nous", "chez-nous/days/2026-11-28", "..", "%00"})
    void aLinkToARestaurantThatIsGoneOpensNoOther(String venue) {
        Page page = browser.context().newPage();
        String asked = URLEncoder.encode(venue, StandardCharsets.UTF_8);
        assertThat(page.navigate(RunningPlatform.url() + "/?venue=" + asked + "&date=" + DATE)
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
                        browser.context(new Browser.NewContextOptions().setLocale("de-AT")), "speaks", DATE)
                .openLive();
        assertThat(german.page.getByText("Ihre Tische")).isVisible();
        assertThat(german.page.locator("html")).hasAttribute("lang", "de");
        BookingPage american = new BookingPage(
                        browser.context(new Browser.NewContextOptions().setLocale("en-US")), "speaks", DATE)
                .openLive();
        assertThat(american.slot("19:00")).containsText("7:00");
        BookingPage arabic = new BookingPage(
                        browser.context(new Browser.NewContextOptions().setLocale("ar-EG")), "speaks", DATE)
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

    @Test
    void whatIsInStorageInAnotherShapeIsPassedOverToo() throws Exception {
        publish("odd-storage");
        BookingPage guest = window("odd-storage");
        guest.page.addInitScript("""
                localStorage.setItem('lasttable.mine', '7');
                localStorage.setItem('lasttable.mine.a', '{}');
                localStorage.setItem('lasttable.mine.b', '{"id":"b","state":{"date":"2099-01-01"}}');
                localStorage.setItem('lasttable.wish.c', '{"key":"c"}');
                localStorage.setItem('lasttable.name', '{"first":"Ada"}');""");
        guest.openLive();
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
    }

    @Test
    void halfAPersonIsNoParty() throws Exception {
        publish("half");
        BookingPage guest = window("half").openLive();
        guest.hook("party-size").fill("1.5");
        assertThat(guest.page.locator("#message")).containsText("has tables for");
        assertThat(guest.hook("wait-19:00")).isHidden();
    }

    @Test
    void theLineOfALateClickIsAskedForAtThatTime() throws Exception {
        publish("late-line");
        BookingPage guest = window("late-line").openLive();
        guest.choose("19:00", "Eve");
        assertThat(api.book("late-line", DATE, "19:00").statusCode()).isEqualTo(201);
        guest.confirm();
        guest.hook("conflict").getByTestId("waitlist-open").click();
        assertThat(guest.page.locator("#wait-from")).hasValue("19:00");
        assertThat(guest.page.locator("#wait-to")).hasValue("19:00");
        guest.hook("waitlist-join").click();
        assertThat(guest.hook("waitlist")).containsText("Waiting for 19:00");
    }

    @Test
    void whereDatesAreWrittenOtherwiseThePageReckonsTheSame() throws Exception {
        publish("written-otherwise");
        BookingPage guest = window("written-otherwise");
        guest.page.addInitScript("""
                const format = Intl.DateTimeFormat.prototype.format;
                Intl.DateTimeFormat.prototype.format = function (date) {
                  return /-(CA|SE)$/.test(this.resolvedOptions().locale) ? '27/11/2026' : format.call(this, date);
                };""");
        guest.openLive();
        assertThat(guest.page.locator("#when")).not().containsText("Invalid");
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
    }

    @Test
    void theClockThatCountsIsThatOfTheDayThatIsLookedAt() {
        BookingPage guest = window("the-last-table", "2027-03-29");
        Clocks.show(guest.page, Instant.parse("2027-03-26T12:00:00Z"));
        guest.open();
        assertThat(guest.page.locator("#zone")).containsText("Times in London (UTC+1)");
    }

    @Test
    void aPageWhoseStartFailsSaysSoAndStartsOnceItCan() throws Exception {
        publish("starts-late");
        BookingPage guest = window("starts-late");
        AtomicInteger client = refuseFirst(guest.page, "**/v1/live/client.js", 2);
        AtomicInteger names = refuseFirst(guest.page, "**/v1/venues?*", 1);
        guest.open();
        assertThat(guest.page.locator("#message")).containsText("does not answer");
        guest.shows("live");
        assertThat(guest.slot("19:00")).isEnabled();
        assertThat(client).hasValueGreaterThan(2);
        assertThat(guest.page.locator("#venue option")).not().hasCount(1);
        assertThat(names).hasValueGreaterThan(1);
    }

    @Test
    void notesAndAPhoneNumberReachTheRestaurant() throws Exception {
        publish("noting");
        BookingPage guest = window("noting").openLive();
        guest.choose("19:00", "Ada");
        guest.page.locator("#booking summary").click();
        guest.hook("guest-phone").fill("12");
        guest.confirm();
        assertThat(guest.page.locator("#booking-error")).containsText("telephone number");
        guest.hook("guest-phone").fill("+44 1632 960001");
        guest.hook("guest-note").fill("Nut allergy");
        guest.confirm();
        guest.hasBooked("19:00");
        JsonObject booked = booked("noting").getJsonObject(0);
        assertThat(booked.getString("note")).isEqualTo("Nut allergy");
        assertThat(booked.getJsonObject("guest").getString("phone")).contains("1632");
        assertThat(guest.page.evaluate("JSON.stringify(localStorage)").toString())
                .as("what the device keeps")
                .contains("Ada")
                .doesNotContain("1632", "allergy");
    }

    @Test
    void whatAHotelsNetworkAnswersIsNoAnswer() throws Exception {
        publish("captive");
        BookingPage guest = window("captive").openLive();
        AtomicInteger asked = new AtomicInteger();
        guest.page.route("**/reservations", route -> {
            if (asked.incrementAndGet() > 1) {
                route.resume();
            } else {
                route.fulfill(new Route.FulfillOptions()
                        .setStatus(200)
                        .setContentType("text/html")
                        .setBody("<h1>Welcome. Your room number?</h1>"));
            }
        });
        guest.choose("19:00", "Ada");
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(asked).hasValueGreaterThan(1);
        assertThat(booked("captive")).hasSize(1);
    }

    @Test
    void aRestaurantThatTheListIsTooLongForIsThereAllTheSame() throws Exception {
        publish("unlisted");
        BookingPage guest = window("unlisted");
        guest.page.route(
                "**/v1/venues?*",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"items\":[{\"venueId\":\"chez-nous\",\"name\":\"Chez Nous\"}]}")));
        guest.openLive();
        assertThat(guest.hook("venue-select")).hasValue("unlisted");
        assertThat(guest.slot("19:00")).isEnabled();
    }

    @Test
    void anOfferWhoseAnswerIsLostBecomesTheGuestsTable() throws Exception {
        publish("lost-offer");
        String first = new JsonObject(api.book("lost-offer", DATE, "19:00").body()).getString("id");
        BookingPage guest = window("lost-offer").openLive();
        guest.hook("wait-19:00").click();
        guest.hook("guest-name").fill("Eve");
        guest.hook("waitlist-join").click();
        assertThat(guest.hook("waitlist")).containsText("Waiting for 19:00");
        assertThat(api.cancel(first).statusCode()).isEqualTo(200);
        LostAnswers lost = guest.losesAnswers("/accept", 1);
        guest.hook("offer-accept").click();
        guest.hasBooked("19:00");
        assertThat(lost.asked()).isEqualTo(2);
        assertThat(guest.hook("waitlist")).hasCount(0);
        assertThat(guest.hook("cancel")).isEnabled();
    }

    @Test
    void aDoubleClickOnBookReachesNothingBeneathTheDialog() throws Exception {
        publish("through");
        BookingPage guest = window("through").openLive();
        guest.choose("19:00", "Ada");
        var there = guest.hook("book-confirm").boundingBox();
        guest.page.evaluate("""
                ([x, y]) => {
                  const trap = document.createElement('button');
                  trap.style.cssText = `position:fixed;left:${x - 40}px;top:${y - 40}px;width:80px;height:80px`;
                  document.querySelector('main').append(trap);
                  window.isHit = () => document.elementFromPoint(x, y) === trap;
                  new MutationObserver(() => { window.trapped = window.isHit(); }) // behind the page's own
                    .observe(document.getElementById('booking'), { attributeFilter: ['open'] });
                }""", List.of(there.x + there.width / 2, there.y + there.height / 2));
        guest.confirm();
        guest.hasBooked("19:00");
        assertThat(guest.page.evaluate("window.trapped")).isEqualTo(false);
        guest.page.waitForCondition(() -> (boolean) guest.page.evaluate("window.isHit()")); // once the shield is down
    }

    @Test
    void everyLanguageSaysEverything() throws Exception {
        Page empty = window("the-last-table").openLive().page.context().newPage();
        try (Stream<Path> rooms = Files.list(Path.of("..", "web", "src", "pages"))) {
            List<Path> spoken = rooms.map(room -> room.resolve("words"))
                    .filter(Files::isDirectory)
                    .toList();
            assertThat(spoken).hasSizeGreaterThan(3);
            for (Path words : spoken) {
                assertThat((List<?>) empty.evaluate(MISSING_WORDS, modules(words)))
                        .as("%s", words)
                        .isEmpty();
            }
        }
    }

    private static final String MISSING_WORDS = """
            async (modules) => {
              const said = async (language) =>
                (await import(`data:text/javascript;base64,${modules[language]}`)).default;
              const holes = (phrase) => [...new Set(JSON.stringify(phrase).match(/{\\w+}/g))].sort().join();
              const english = await said('en');
              const wrong = [];
              for (const language of ['de', 'fr', 'es', 'ar']) {
                const words = await said(language);
                for (const key of new Set([...Object.keys(words), ...Object.keys(english)])) {
                  const both = words[key] !== undefined && english[key] !== undefined;
                  if (!both || holes(words[key]) !== holes(english[key])) wrong.push(`${language} ${key}`);
                }
              }
              return wrong;
            }""";

    /** By language, in base 64. */
    private static Map<String, String> modules(Path words) throws IOException {
        Map<String, String> modules = new HashMap<>();
        for (String language : List.of("en", "de", "fr", "es", "ar")) {
            byte[] source = Files.readAllBytes(words.resolve(language + ".js"));
            modules.put(language, Base64.getEncoder().encodeToString(source));
        }
        return modules;
    }

    /** With 503, so often; gives how often it was asked for. */
    private static AtomicInteger refuseFirst(Page page, String path, int times) {
        AtomicInteger asked = new AtomicInteger();
        page.route(path, route -> {
            if (asked.incrementAndGet() <= times) {
                route.fulfill(new Route.FulfillOptions().setStatus(503));
            } else {
                route.resume();
            }
        });
        return asked;
    }

    private static JsonArray booked(String venue) throws Exception {
        return new JsonObject(api.read("/v1/venues/" + venue + "/reservations?status=confirmed&date=" + DATE))
                .getJsonArray("items");
    }

    private static void publish(String venue) throws Exception {
        api.publish(venue, DATE);
    }

    private static BookingPage window(String venue) {
        return window(venue, DATE);
    }

    private static BookingPage window(String venue, String date) {
        return new BookingPage(browser.context(), venue, date);
    }
}
