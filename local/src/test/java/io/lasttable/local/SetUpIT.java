package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A restaurant's hours, tables and special days, tried before they are published. */
class SetUpIT {

    private static final String DATE = LocalDate.now().plusDays(6).toString();
    private static final Path PICTURES =
            Path.of(System.getProperty("local.root", "..")).resolve("local/target/screenshots");

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
    void whoHasBookedOnADayThatShallBeClosedIsNamedAndNothingChanges() throws Exception {
        api.publish("set-up-named", DATE);
        assertThat(api.book("set-up-named", DATE, "19:00").statusCode()).isEqualTo(201);
        Page page = open("set-up-named");
        page.getByTestId("add-special").click();
        page.getByTestId("special-day").locator("input").fill(DATE);
        assertThat(page.getByTestId("in-the-way")).containsText("Ada");
        assertThat(page.getByTestId("publish")).isDisabled();
        assertThat(api.get("/v1/venues/set-up-named")).doesNotContain(DATE);
    }

    @Test
    void whatIsPublishedIsWhatWasTried() throws Exception {
        api.publish("set-up-done", DATE);
        Page page = open("set-up-done");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).containsText("nobody is in the way");
        page.getByTestId("publish").click();
        assertThat(page.getByTestId("check")).containsText("Published.");
        await().until(() -> api.get("/v1/venues/set-up-done").contains("\"T2\""));
    }

    @Test
    void whatSomebodyElseHasChangedMeanwhileIsNotWrittenOver() throws Exception {
        api.publish("set-up-raced", DATE);
        Page page = open("set-up-raced");
        Page other = open("set-up-raced");
        other.getByTestId("add-table").click();
        other.getByTestId("publish").click();
        assertThat(other.getByTestId("check")).containsText("Published.");
        page.getByTestId("add-table").click();
        assertThat(page.getByTestId("check")).not().containsText("nobody is in the way");
        assertThat(page.getByTestId("publish")).isDisabled();
    }

    @Test
    void itBreaksNothingOfWcagAa() throws Exception {
        api.publish("set-up-look", DATE);
        var options = new Browser.NewContextOptions().setBypassCSP(true).setReducedMotion(ReducedMotion.REDUCE);
        Page page = open("set-up-look", options);
        Axe.finds(page).isEmpty();
        byte[] made = page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve("set-up.png"))
                .setFullPage(true));
        assertThat(made).hasSizeGreaterThan(10_000);
    }

    private static Page open(String venue) {
        return open(venue, new Browser.NewContextOptions());
    }

    private static Page open(String venue, Browser.NewContextOptions options) {
        Page page = chromium.context(options).newPage();
        var answer = page.navigate(RunningPlatform.url() + "/setup.html?venue=" + venue);
        assertThat(answer.ok()).isTrue();
        assertThat(page.getByTestId("table")).hasCount(1);
        return page;
    }
}
