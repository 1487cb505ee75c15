package io.lasttable.notify.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Runs the client module's own tests in Node. Skipped, and says so, where Node is not installed. */
class ClientModuleTest {

    @Test
    void theClientModulePassesItsTestsInNode() throws Exception {
        Assumptions.assumeTrue(nodeIsInstalled(), "SKIPPED: no Node.js 20 or newer, client.js was not tested");
        Process node = new ProcessBuilder(
                        "node", "--test", Path.of("src/test/js/client.test.mjs").toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(node.waitFor()).as(said).isZero();
        assertThat(said).contains("# pass 7");
    }

    private static boolean nodeIsInstalled() throws InterruptedException {
        try {
            Process node = new ProcessBuilder(
                            "node", "-e", "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)")
                    .start();
            return node.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }
}
