package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Other people's programs, run as a reader of the guides runs them. */
final class Commands {

    private static final long SECONDS = 120;

    /** No program tells anybody that it ran. */
    private static final Map<String, String> QUIETLY = Map.of(
            "REDOCLY_TELEMETRY", "off",
            "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true",
            "npm_config_audit", "false",
            "npm_config_fund", "false",
            "npm_config_ignore_scripts", "true",
            "npm_config_prefer_offline", "true",
            "npm_config_update_notifier", "false");

    private Commands() {}

    /** What it writes; fails with that when it fails. */
    static String succeeds(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("command", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(QUIETLY);
        Process process = builder.start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(ended).as("%s ends%n%s", String.join(" ", command), said).isTrue();
        assertThat(process.exitValue())
                .as("%s%n%s", String.join(" ", command), said)
                .isZero();
        return said;
    }

    /** Skips the test where this is not to be had, but for where CI says that everything is there. */
    static void need(boolean isThere, String what) {
        assertThat(isThere || !"true".equals(System.getenv("CI"))).as(what).isTrue();
        assumeTrue(isThere, what);
    }

    static boolean hasNode() {
        return canRun("node", "-e", "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)");
    }

    static boolean reachesPackages() {
        return canRun("npm", "view", "react", "version");
    }

    private static boolean canRun(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
