package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The story in a real browser with two windows. Skipped, and says so, where no Chromium is installed. */
class BrowserIT {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    @Test
    void theLastTableVanishesFromTheOtherWindowAndALateClickIsOfferedTheRest() throws Exception {
        Optional<Path> chromium = Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(chromium.isPresent(), "SKIPPED: no Chromium installed, the browser test did not run");
        Platform running = RunningPlatform.get();
        assert running != null;
        var environment = new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
        var options = new BrowserType.LaunchOptions()
                .setExecutablePath(chromium.get())
                .setArgs(FLAGS);
        try (Playwright playwright = Playwright.create(environment);
                Browser browser = playwright.chromium().launch(options)) {
            tellTheStory(window(browser), window(browser));
        }
    }

    private static void tellTheStory(Page winner, Page loser) {
        assertThat(loser.getByTestId("connection-state")).hasAttribute("data-state", "live");
        winner.getByTestId("slot-19:00").click();
        loser.getByTestId("slot-19:00").click();
        winner.getByTestId("guest-name").fill("Ada");
        loser.getByTestId("guest-name").fill("Bob");
        winner.getByTestId("book-confirm").click();
        assertThat(winner.getByTestId("booked")).containsText("Yours at 19:00");
        assertThat(loser.getByTestId("slot-19:00")).isDisabled();
        loser.getByTestId("book-confirm").click();
        assertThat(loser.getByTestId("conflict")).containsText("19:00 is gone");
        loser.getByTestId("alternative").first().click();
        loser.getByTestId("book-confirm").click();
        assertThat(loser.getByTestId("booked")).containsText("Yours at 17:30");
        assertThat(winner.getByTestId("slot-17:30")).isDisabled();
        winner.getByTestId("cancel").click();
        assertThat(loser.getByTestId("slot-20:00")).isEnabled();
    }

    private static Page window(Browser browser) {
        BrowserContext context = browser.newContext();
        Page page = context.newPage();
        String date = LocalDate.now().plusDays(5).toString();
        var answer = page.navigate(RunningPlatform.url() + "/?venue=the-last-table&partySize=2&date=" + date);
        assert answer.ok();
        return page;
    }
}
