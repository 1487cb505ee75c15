package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The installed browser, one for all stories, with windows for each: Chromium, or what {@code -Dlocal.browser=firefox} names. Where it is not
 * installed the tests are skipped, and say so; in the workflow, whose machines have one, they fail. It ends with the JVM.
 */
final class InstalledBrowser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final double PATIENCE_MS = 20_000;
    private static final String NAME = System.getProperty("local.browser", "chromium");

    private static InstalledBrowser launched;

    private final Browser browser;
    private final List<BrowserContext> contexts = new ArrayList<>();

    private InstalledBrowser(Browser browser) {
        this.browser = browser;
    }

    static synchronized InstalledBrowser launch() {
        if (launched == null || !launched.browser.isConnected()) {
            launched = new InstalledBrowser(started());
        }
        return launched;
    }

    private static Browser started() {
        Path program = NAME.equals("firefox")
                ? installed("firefox-esr", "firefox")
                : installed("chromium", "chromium-browser", "google-chrome");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        if (NAME.equals("firefox")) {
            FirefoxServer server = FirefoxServer.start(program);
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            return playwright.firefox().connect(server.address());
        }
        return playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        .setArgs(FLAGS));
    }

    private static Path installed(String... names) {
        Optional<Path> found = Stream.of(names)
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
        assertThat(found.isPresent() || !"true".equals(System.getenv("GITHUB_ACTIONS")))
                .as("the workflow's machines have a browser")
                .isTrue();
        Assumptions.assumeTrue(found.isPresent(), "SKIPPED: no " + NAME + " installed, the browser tests did not run");
        return found.get();
    }

    /** With a finger, where a test has one: in Firefox taps reach nothing. */
    static void tap(Locator what) {
        if (NAME.equals("chromium")) {
            what.tap();
        } else {
            what.click();
        }
    }

    /** In Firefox a test's hand does not reach into another site's frame. */
    static void clickInFrame(Locator button) {
        if (NAME.equals("chromium")) {
            button.click();
        } else {
            PlaywrightAssertions.assertThat(button).isEnabled();
            button.dispatchEvent("click");
        }
    }

    /** @param deed what only Chromium does for a test, as in: only Chromium shows what it prints */
    static void onlyChromium(String deed) {
        Assumptions.assumeTrue(NAME.equals("chromium"), "SKIPPED: only Chromium " + deed);
    }

    /**
     * A profile of its own: nothing is shared with other contexts. British, and without the worker of the host's screen, past which requests
     * could not be routed, unless {@code options} say otherwise.
     */
    BrowserContext context(Browser.NewContextOptions options) {
        options = options.locale == null ? options.setLocale("en-GB") : options;
        options = options.serviceWorkers == null ? options.setServiceWorkers(ServiceWorkerPolicy.BLOCK) : options;
        BrowserContext context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MS);
        contexts.add(context);
        return context;
    }

    BrowserContext context() {
        return context(new Browser.NewContextOptions());
    }

    /** Whatever a test has put on the network is taken off first: closing waits for it otherwise. */
    void closeWindows() {
        for (BrowserContext context : contexts) {
            context.pages().forEach(Page::unrouteAll);
            context.close();
        }
        contexts.clear();
    }

    /** Its windows; it stays for the next. */
    @Override
    public void close() {
        closeWindows();
    }
}
