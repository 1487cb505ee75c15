package io.lasttable.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.local.FreshOptions;
import io.lasttable.local.bench.bed.Effort;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark works, on a scenario of seconds; its figures are for a quiet machine and judged by nobody here. */
class BenchIT {

    @TempDir
    Path folder;

    @Test
    void aScenarioRunsAndLeavesAReport() throws Exception {
        Bench bench = new Bench(
                FreshOptions.inFolder(folder.resolve("platform")),
                new Effort(1, true, 42),
                Scenarios.named("last-table"),
                folder.resolve("report"),
                step -> {});
        assertThat(bench.run()).isTrue();
        assertThat(Files.readString(folder.resolve("report/report.md")))
                .contains(
                        "| last-table | exactly one 201, every other answer 409 with alternatives | 0.00 violations | yes |");
    }
}
