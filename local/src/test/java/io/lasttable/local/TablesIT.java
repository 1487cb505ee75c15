package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** The evening as tables by time, and parties that are moved in it by keyboard and by hand, on two screens. */
class TablesIT extends BrowserStories {

    private static final String DATE = LocalDate.now().plusDays(6).toString();

    @Test
    void aPartyIsMovedByKeyboardAndTheOtherScreenSeesIt() throws Exception {
        publish("moved-by-keys");
        Page other = open("moved-by-keys");
        Page host = open("moved-by-keys"); // in front: Firefox gives the focus to no other
        host.getByTestId("lane-T1").getByTestId("bar").focus();
        host.keyboard().press("ArrowDown");
        assertThat(host.getByTestId("lane-T2").getByTestId("bar")).isFocused();
        assertThat(other.getByTestId("lane-T1").getByTestId("bar")).hasCount(1);
        host.keyboard().press("Enter");
        assertThat(other.getByTestId("lane-T2").getByTestId("bar")).containsText("Ada");
        assertThat(tables("moved-by-keys")).isEqualTo("[\"T2\"]");
        host.getByTestId("undo").click();
        assertThat(other.getByTestId("lane-T1").getByTestId("bar")).containsText("Ada");
    }

    @Test
    void whatIsLeftWithEscapeStaysWhereItWas() throws Exception {
        publish("left-alone");
        Page host = open("left-alone");
        host.getByTestId("lane-T1").getByTestId("bar").focus();
        host.keyboard().press("ArrowDown");
        host.keyboard().press("Escape");
        assertThat(host.getByTestId("lane-T1").getByTestId("bar")).hasCount(1);
        assertThat(tables("left-alone")).isEqualTo("[\"T1\"]");
    }

    @Test
    void aPartyIsDraggedToAnotherTable() throws Exception {
        publish("dragged");
        Page host = open("dragged");
        BoundingBox bar = host.getByTestId("lane-T1").getByTestId("bar").boundingBox();
        BoundingBox lane = host.getByTestId("lane-T3").boundingBox();
        host.mouse().move(bar.x + 20, bar.y + 10);
        host.mouse().down();
        host.mouse().move(bar.x + 20, bar.y + 30);
        host.mouse().move(bar.x + 20, lane.y + lane.height / 2);
        host.mouse().up();
        assertThat(host.getByTestId("lane-T3").getByTestId("bar")).containsText("Ada");
        await().until(() -> tables("dragged").equals("[\"T3\"]"));
    }

    @Test
    void aTableThatIsTakenThenIsSaidAndNothingMoves() throws Exception {
        publish("taken-then");
        assertThat(api.book("taken-then", DATE, "19:00").statusCode()).isEqualTo(201);
        Page host = open("taken-then");
        assertThat(host.getByTestId("bar")).hasCount(2);
        Locator first = host.getByTestId("lane-T1").getByTestId("bar");
        first.focus();
        host.keyboard().press("ArrowDown");
        host.keyboard().press("Enter");
        assertThat(host.locator("#tables-news")).containsText("not free then");
        assertThat(first).hasCount(1);
    }

    @Test
    void aTableThatTheHouseHasClosedIsTakenAllTheSameIfTheHostSaysSo() throws Exception {
        publish("closed-there");
        JsonObject rain = new JsonObject().put("date", DATE).put("tables", new JsonArray().add("T2"));
        assertThat(api.put("/v1/venues/closed-there/blocks/rain", rain).statusCode())
                .isEqualTo(201);
        Page host = open("closed-there");
        host.getByTestId("lane-T1").getByTestId("bar").focus();
        host.keyboard().press("ArrowDown");
        host.keyboard().press("Enter");
        assertThat(host.locator("#tables-news")).containsText("closed to new bookings");
        host.getByTestId("all-the-same").click();
        assertThat(host.getByTestId("lane-T2").getByTestId("bar")).containsText("Ada");
        await().until(() -> tables("closed-there").equals("[\"T2\"]"));
        host.getByTestId("undo").click();
        await().until(() -> tables("closed-there").equals("[\"T1\"]"));
    }

    @Test
    void itBreaksNothingOfWcagAa() throws Exception {
        publish("tables-look");
        var options = new Browser.NewContextOptions().setBypassCSP(true).setReducedMotion(ReducedMotion.REDUCE);
        Page host = open("tables-look", options);
        assertThat(host.getByTestId("bar")).hasCount(1);
        Axe.finds(host).isEmpty();
        byte[] made = host.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve("tables.png")));
        assertThat(made).hasSizeGreaterThan(10_000);
    }

    private static String tables(String venue) throws Exception {
        return new JsonObject(api.read("/v1/venues/" + venue + "/reservations?date=" + DATE))
                .getJsonArray("items")
                .getJsonObject(0)
                .getJsonArray("tables")
                .encode();
    }

    /** Three tables for two, the first of them booked by Ada at 19:00. */
    private static void publish(String venue) throws Exception {
        api.publish(venue, DATE, wanted -> {
            for (String id : new String[] {"T2", "T3"}) {
                JsonObject table =
                        new JsonObject().put("id", id).put("minCovers", 1).put("maxCovers", 2);
                wanted.getJsonArray("tables").add(table);
            }
        });
        assertThat(api.book(venue, DATE, "19:00").statusCode()).isEqualTo(201);
    }

    private static Page open(String venue) {
        return open(venue, new Browser.NewContextOptions());
    }

    private static Page open(String venue, Browser.NewContextOptions options) {
        Page page = browser.context(options).newPage();
        var answer = page.navigate(RunningPlatform.url() + "/staff.html?venue=" + venue + "&date=" + DATE);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("entry").first()).isVisible();
        page.getByTestId("view").click();
        return page;
    }
}
