package io.lasttable.notify.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Runs the live client's own tests with the machine's Node, on the module as it is served. Where Node, or what {@code npm ci}
 * installs, is missing, they are skipped and say so; in continuous integration that is a failure.
 */
class ClientModuleTest {

    private static final Path CLIENT =
            Path.of("../live-client").toAbsolutePath().normalize();
    private static final Path PACKED = Path.of("target/live-client").toAbsolutePath();
    private static final Path SERVED =
            Path.of("target/classes/META-INF/resources/v1/live/client.js").toAbsolutePath();
    private static final String NEEDS_REACT = "react.test.mjs";
    private static final String NEEDS_BROWSER = "browser.test.mjs";
    private static final String NEEDS_NPM = "package.test.mjs";
    private static final String BROWSER = System.getenv().getOrDefault("CHROMIUM", "chromium");

    private record Ended(int code, String said) {}

    @Test
    void theClientModulePassesItsTestsInNode() throws Exception {
        needsNode();
        passes(testFiles(name -> !Set.of(NEEDS_REACT, NEEDS_BROWSER, NEEDS_NPM).contains(name)));
    }

    @Test
    void theReactEntryPassesItsTests() throws Exception {
        needsNode();
        needs(Files.isDirectory(CLIENT.resolve("node_modules/react")), "npm ci in live-client: react.js");
        passes(testFiles(NEEDS_REACT::equals));
    }

    @Test
    void theClientModuleRunsInARealBrowser() throws Exception {
        needsNode();
        needs(Files.isDirectory(CLIENT.resolve("node_modules/ws")), "npm ci in live-client: the module in a browser");
        needs(succeeds(BROWSER, "--version"), "chromium: client.js in a browser");
        passes(testFiles(NEEDS_BROWSER::equals));
    }

    @Test
    void thePackageIsInstalledAndItsTypesFitWhatFrontendsWrite() throws Exception {
        needsNode();
        needs(Files.isDirectory(CLIENT.resolve("node_modules/typescript")), "npm ci in live-client: the package");
        passes(testFiles(NEEDS_NPM::equals));
    }

    private static void passes(List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        command.addAll(files);
        Ended node = run(command);
        assertThat(node.code()).as(node.said()).isZero();
        assertThat(node.said()).contains("# fail 0", "# skipped 0", "# todo 0").doesNotContain("# pass 0");
    }

    private static void needsNode() throws InterruptedException {
        needs(
                succeeds("node", "-e", "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)"),
                "Node.js 20 or newer: client.js");
    }

    private static void needs(boolean isThere, String what) {
        String skipped = "SKIPPED: no " + what + " was not tested";
        if (!isThere && Boolean.parseBoolean(System.getenv("CI"))) {
            fail(skipped);
        }
        Assumptions.assumeTrue(isThere, skipped);
    }

    private static List<String> testFiles(Predicate<String> wanted) throws IOException {
        try (Stream<Path> files = Files.list(CLIENT.resolve("test"))) {
            return files.filter(file -> file.toString().endsWith(".test.mjs"))
                    .filter(file -> wanted.test(file.getFileName().toString()))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).code() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static Ended run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder process =
                new ProcessBuilder(command).directory(CLIENT.toFile()).redirectErrorStream(true);
        process.environment().put("CLIENT", SERVED.toString());
        process.environment().put("PACKAGE", PACKED.toString());
        Process running = process.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(running.waitFor(), said);
    }
}
