package io.lasttable.notify.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Runs the client module's own tests, in Node and with TypeScript's compiler. Skipped, and says so, where one is missing. */
class ClientModuleTest {

    private static final Path TESTS = Path.of("src/test/js");

    private record Ended(int code, String said) {}

    @Test
    void theClientModulePassesItsTestsInNode() throws Exception {
        Assumptions.assumeTrue(
                succeeds("node", "-e", "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)"),
                "SKIPPED: no Node.js 20 or newer, client.js was not tested");
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=tap"));
        command.addAll(testFiles());
        Ended node = run(command);
        assertThat(node.code()).as(node.said()).isZero();
        assertThat(node.said()).contains("# fail 0", "# skipped 0", "# todo 0").doesNotContain("# pass 0");
    }

    @Test
    void theTypesFitWhatFrontendsWrite() throws Exception {
        Assumptions.assumeTrue(
                succeeds("tsc", "--version"), "SKIPPED: no TypeScript compiler (tsc), client.d.ts was not tested");
        Ended tsc = run(List.of(
                "tsc",
                "--noEmit",
                "--strict",
                "--target",
                "es2022",
                "--module",
                "es2022",
                "--lib",
                "es2022,dom",
                TESTS.resolve("client.types.ts").toString()));
        assertThat(tsc.code()).as(tsc.said()).isZero();
    }

    private static List<String> testFiles() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
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
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }
}
