package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows cannot run here; these are the mistakes that can be seen without running them. */
class WorkflowTest {

    /** By digest: a tag can be moved to something else. */
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@[0-9a-f]{40}");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*([a-z]+)\\.");

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(Chart.ROOT.resolve(".github/workflows"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void hasTriggersLeastRightsAndLimits(Path file) {
        Map<String, Object> workflow = parse(file);
        // YAML 1.1 reads the key "on" as true.
        assertThat(workflow.keySet().toString())
                .contains("true")
                .contains("name", "permissions", "concurrency", "jobs");
        assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
        for (Map<String, Object> job : jobs(workflow)) {
            assertThat(job).containsKeys("runs-on", "timeout-minutes", "steps");
            assertThat(job.get("runs-on").toString()).as("a fixed runner").doesNotContain("latest");
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyStepRunsOrUsesSomethingPinned(Path file) {
        for (Map<String, Object> step : steps(parse(file))) {
            assertThat(step.containsKey("run") ^ step.containsKey("uses"))
                    .as(step.toString())
                    .isTrue();
            if (step.containsKey("uses")) {
                assertThat(step.get("uses").toString()).matches(PINNED);
            }
        }
    }

    /** What comes from outside (a branch's name, a title) reaches a shell through the environment only. */
    @ParameterizedTest
    @MethodSource("workflows")
    void scriptsHoldNoExpressionsButTheMatrix(Path file) {
        for (Map<String, Object> step : steps(parse(file))) {
            String script = step.getOrDefault("run", "").toString();
            assertThat(EXPRESSION.matcher(script).results().map(found -> found.group(1)))
                    .as(script)
                    .allMatch("matrix"::equals);
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void needsNameOtherJobs(Path file) {
        Map<String, Object> jobs = map(parse(file).get("jobs"));
        jobs.forEach((name, job) -> {
            Object needs = map(job).get("needs");
            if (needs != null) {
                assertThat(jobs).containsKey(needs.toString());
            }
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void mavenIsAskedForModulesThatExist(Path file) throws IOException {
        for (String line : Files.readAllLines(file)) {
            var modules =
                    Pattern.compile("(?:-pl |module: )([a-z-]+(?:,[a-z-]+)*)").matcher(line);
            while (modules.find()) {
                for (String module : modules.group(1).split(",")) {
                    assertThat(Chart.ROOT.resolve(module).resolve("pom.xml")).exists();
                }
            }
        }
    }

    /** Whatever job pushes an image, an index or the chart. */
    @Test
    void whatIsPushedIsSignedAndSaysWhereItComesFrom() {
        Pattern pushes = Pattern.compile("container-image\\.push=true|imagetools create|helm push");
        List<String> pushing = jobsOf("release.yml").values().stream()
                .map(Object::toString)
                .filter(job -> pushes.matcher(job).find())
                .toList();
        assertThat(pushing)
                .hasSize(3)
                .allSatisfy(job -> assertThat(job)
                        .contains("cosign sign --yes", "actions/attest-build-provenance@", "id-token=write"));
        assertThat(pushing.get(0)).contains("cosign attest --yes --type cyclonedx");
    }

    /** A registry's password that the repository kept could be used by whoever gets at it. */
    @Test
    void releasesGoWhereTheRepositoryAloneCanWrite() {
        assertThat(Chart.read(".github/workflows/release.yml"))
                .contains("REGISTRY: ghcr.io", "${GITHUB_REPOSITORY,,}")
                .doesNotContain("secrets.", "cache: maven");
    }

    @Test
    void bothEndsOfTheSupportedJavaVersionsAreTested() {
        Object versions = map(map(map(jobsOf("verify.yml").get("verify")).get("strategy"))
                        .get("matrix"))
                .get("java");
        assertThat(versions).isEqualTo(List.of("17", "25"));
    }

    private static Map<String, Object> jobsOf(String file) {
        return map(parse(Chart.ROOT.resolve(".github/workflows").resolve(file)).get("jobs"));
    }

    private static Map<String, Object> parse(Path file) {
        return map(Chart.yaml(Chart.read(Chart.ROOT.relativize(file).toString())));
    }

    private static List<Map<String, Object>> jobs(Map<String, Object> workflow) {
        return map(workflow.get("jobs")).values().stream()
                .map(WorkflowTest::map)
                .toList();
    }

    private static List<Map<String, Object>> steps(Map<String, Object> workflow) {
        return jobs(workflow).stream()
                .flatMap(job -> ((List<?>) job.get("steps")).stream())
                .map(WorkflowTest::map)
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }
}
