package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.lasttable.embedded.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/guides/afternoon.md}, word for word, from an empty folder: its files are written, its commands run in their order, its page
 * is opened in a browser. The live client is packed as it is published, everything else comes from npm's registry. What each part
 * takes goes to {@code target/afternoon.md}.
 */
class AfternoonIT {

    private static final Path ROOT =
            Path.of(System.getProperty("local.root", "..")).toAbsolutePath().normalize();
    private static final Path GUIDE = ROOT.resolve("docs/guides/afternoon.md");
    private static final Path PACKAGE = ROOT.resolve("notify-service/target/live-client");
    private static final Path PINNED = ROOT.resolve("local/src/test/afternoon");
    private static final Path REPORT = ROOT.resolve("local/target/afternoon.md");

    private static final Pattern SECTION = Pattern.compile("(?ms)^## (.*?)\\n(.*?)(?=^## |\\z)");

    /** A file that is named before it, or commands. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)(?:`([\\w.-]+)`:\\n\\n)?^```(\\w+)\\n(.*?)^```$");

    private static final Pattern SERVER = Pattern.compile("SERVER=\"(\\d+)\"");

    private final int port = FreePorts.next();
    private final StringBuilder report = new StringBuilder("| part | seconds |\n| --- | --- |\n");
    private Duration whole = Duration.ZERO;

    @TempDir
    Path folder;

    @AfterEach
    void stopServer() throws IOException {
        Path state = folder.resolve(".state");
        if (Files.exists(state)) {
            Matcher server = SERVER.matcher(Files.readString(state));
            if (server.find()) {
                ProcessHandle.of(Long.parseLong(server.group(1))).ifPresent(ProcessHandle::destroy);
            }
        }
    }

    @Test
    void aPageAndAReceiverAreMadeOfThePublishedPackagesBookWatchAndRecord() throws Exception {
        Commands.need(Commands.hasNode() && Commands.reachesPackages(), "node 20 or newer, and npm's registry");
        Commands.need(Files.isDirectory(PACKAGE), "the live client's package in " + PACKAGE);
        assertThat(RunningPlatform.get()).isNotNull();
        String guide = Files.readString(GUIDE);
        for (Matcher section = SECTION.matcher(guide); section.find(); ) {
            String title = section.group(1);
            long begun = System.nanoTime();
            if (title.equals("See it")) {
                see();
            }
            boolean done = follow(section.group(2));
            if (done) {
                note(title, Duration.ofNanos(System.nanoTime() - begun));
            }
        }
        note("**together**", whole);
        Path written = Files.writeString(REPORT, report);
        assertThat(written).content().contains("See it").contains("The webhook");
    }

    /** Whether there was anything to do. */
    private boolean follow(String section) throws Exception {
        boolean any = false;
        for (Matcher block = BLOCK.matcher(section); block.find(); any = true) {
            String text = here(block.group(3));
            if (block.group(1) != null) {
                Path file = Files.writeString(folder.resolve(block.group(1)), text);
                assertThat(file).isNotEmptyFile();
            } else if (block.group(2).equals("bash")) {
                run(text);
            }
        }
        return any;
    }

    /** As in one terminal: what a command has set is there for those after it. */
    private void run(String commands) throws Exception {
        if (commands.startsWith("npm install")) {
            pin();
        }
        String script = "set -aeu\n[ ! -f .state ] || . ./.state\n" + commands + "\nexport -p > .state\n";
        Path file = Files.writeString(folder.resolve(".commands.sh"), script);
        String said = Commands.succeeds(folder, "bash", file.toString());
        assertThat(said).doesNotContain("npm error");
    }

    /** With the addresses of this test, and the package as it is packed here. */
    private String here(String text) throws Exception {
        String there =
                text.replace("http://localhost:8080", RunningPlatform.url()).replace("5173", String.valueOf(port));
        return there.contains("\"latest\"") ? there.replace("latest", "file:" + packed()) : there;
    }

    private String packed() throws Exception {
        String said = Commands.succeeds(folder, "npm", "pack", PACKAGE.toString(), "--silent");
        return said.strip().lines().reduce((before, last) -> last).orElseThrow();
    }

    /** The same versions each time, of what the packages bring along too. */
    private void pin() throws IOException {
        for (String file : List.of("package-lock.json", ".npmrc")) {
            Path copy = Files.copy(PINNED.resolve(file), folder.resolve(file));
            assertThat(copy).isNotEmptyFile();
        }
    }

    private void see() throws Exception {
        try (InstalledBrowser browser = InstalledBrowser.launch()) {
            Page one = opened(browser);
            Page other = opened(browser);
            click(one, "19:00");
            assertThat(one.getByRole(AriaRole.STATUS)).hasText("19:00, confirmed");
            assertThat(time(other, "19:00")).isEnabled();
            click(other, "19:00");
            for (Page window : List.of(one, other)) {
                assertThat(time(window, "19:00")).isDisabled();
                assertThat(time(window, "20:00")).isEnabled();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> confirmed().size() == 2);
            int cancelled =
                    new Api(RunningPlatform.url()).cancel(confirmed().get(0)).statusCode();
            assertThat(cancelled).isEqualTo(200);
            assertThat(one.getByRole(AriaRole.STATUS)).hasText("19:00, cancelled");
            assertThat(time(other, "19:00")).isEnabled();
            browser.closeWindows();
        }
    }

    private Page opened(InstalledBrowser browser) {
        Page page = browser.context().newPage();
        var answer = page.navigate("http://localhost:" + port);
        assertThat(answer.ok()).isTrue();
        assertThat(page.locator("main")).hasAttribute("data-state", "live");
        return page;
    }

    private static void click(Page page, String time) {
        time(page, time).click();
    }

    private static Locator time(Page page, String time) {
        return page.locator("button").filter(new Locator.FilterOptions().setHasText(time));
    }

    /** Ids of what the receiver has recorded, in its order. */
    private List<String> confirmed() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("events.jsonl"))) {
            return lines.map(JsonObject::new)
                    .filter(event -> event.getString("type").equals("io.lasttable.reservation.confirmed"))
                    .map(event -> event.getString("subject"))
                    .toList();
        }
    }

    private void note(String part, Duration took) {
        whole = whole.plus(took);
        report.append(String.format(Locale.ROOT, "| %s | %.1f |%n", part, took.toMillis() / 1000.0));
    }
}
