package io.lasttable.local;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each command and snippet of the guides, as it stands there, against the platform. */
class GuidesIT {

    private static final Path GUIDES = Path.of(System.getProperty("local.root", ".."), "docs/guides");

    /** More than commands: {@link AfternoonIT}. */
    private static final String AFTERNOON = "afternoon.md";

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        Platform platform = RunningPlatform.get();
        assertThat(platform).isNotNull();
    }

    static Stream<String> guides() throws IOException {
        try (Stream<Path> files = Files.list(GUIDES)) {
            return files
                    .filter(file -> text(file).contains("```bash"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(AFTERNOON))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void theCommandsOfAGuideDoWhatItSays(String guide) throws Exception {
        String script = "set -eu\n" + String.join("\n", blocks(guide, "bash"));
        Path file = Files.writeString(folder.resolve("guide.sh"), script);
        String said = Commands.succeeds(folder, "bash", file.toString());
        assertThat(said).isNotBlank();
    }

    @Test
    void theLiveViewRunsInNode() throws Exception {
        Commands.need(Commands.hasNode(), "node 20 or newer");
        String client = new Api(RunningPlatform.url()).get("/v1/live/client.js");
        Path module = Files.writeString(folder.resolve("client.mjs"), client);
        for (String snippet : blocks("live-view.md", "js")) {
            String imported = snippet.replace(
                    RunningPlatform.url() + "/v1/live/client.js", module.toUri().toString());
            Path file = Files.writeString(folder.resolve("view.mjs"), imported);
            assertThat(Commands.succeeds(folder, "node", file.toString())).contains("19:00");
        }
    }

    @Test
    void theLiveViewOpensInABrowser() {
        try (InstalledBrowser browser = InstalledBrowser.launch()) {
            Page page = browser.context().newPage();
            for (String snippet : blocks("live-view.md", "html")) {
                page.setContent(snippet);
                assertThat(page.locator("li").filter(new Locator.FilterOptions().setHasText("19:00")))
                        .isVisible();
            }
            browser.closeWindows();
        }
    }

    @Test
    void theReaderOfTopicsCompilesAndReads() throws Exception {
        for (String snippet : blocks("events.md", "java")) {
            Path file = Files.writeString(folder.resolve("Days.java"), snippet);
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            assertThat(Commands.succeeds(folder, java, "-cp", System.getProperty("java.class.path"), file.toString()))
                    .contains("io.lasttable.day.updated");
        }
    }

    /** With the addresses of this platform in place of those that the local one has by default. */
    private static List<String> blocks(String guide, String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(text(GUIDES.resolve(guide)))
                .results()
                .map(block -> block.group(1)
                        .replace("http://localhost:8080", RunningPlatform.url())
                        .replace("localhost:19092", "localhost:" + RunningPlatform.kafkaPort()))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
