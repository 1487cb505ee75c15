package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prometheus' own tool reads the rules and lets each alert fire, and keep quiet, on series as the services export them. */
class AlertsTest {

    private static final Path FOLDER = Chart.FOLDER.resolve("target/promtool");
    private static final String CASES = "helm/src/test/promtool/alerts.yaml";

    private static JsonNode rules;

    @BeforeAll
    static void render() throws IOException {
        rules = Chart.withDefaults()
                .with("monitoring.prometheusRule.enabled", true)
                .render()
                .object("PrometheusRule", "lasttable")
                .at("/spec");
        Path folder = Files.createDirectories(FOLDER);
        assertThat(Files.writeString(folder.resolve("rules.yaml"), Manifest.asYaml(rules)))
                .isNotEmptyFile();
        assertThat(Files.writeString(folder.resolve("cases.yaml"), Chart.read(CASES)))
                .isNotEmptyFile();
    }

    @Test
    void eachAlertHasACase() {
        String cases = Chart.read(CASES);
        assertThat(rules.findValuesAsText("alert"))
                .isNotEmpty()
                .allMatch(alert -> cases.contains("alertname=\"" + alert + "\""));
    }

    @Test
    void everyRuleIsRead() throws Exception {
        assertThat(promtool("check", "rules", "--lint-fatal", "rules.yaml")).contains("SUCCESS");
    }

    @Test
    void eachAlertFiresWhenItShouldAndNoneWhenAllIsWell() throws Exception {
        assertThat(promtool("test", "rules", "cases.yaml")).contains("SUCCESS").doesNotContain("FAILED");
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        Optional<String> tool = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        // The workflow installs it: without it, what is green there would say nothing of the alerts.
        assertThat(tool.isPresent() || !"true".equals(System.getenv("GITHUB_ACTIONS")))
                .as("promtool is installed")
                .isTrue();
        assumeTrue(tool.isPresent(), "promtool is not installed: no alert was tried");
        Process process = new ProcessBuilder(Stream.concat(tool.stream(), List.of(arguments).stream())
                        .toList())
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
