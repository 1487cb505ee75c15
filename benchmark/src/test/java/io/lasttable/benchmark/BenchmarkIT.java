package io.lasttable.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.benchmark.bed.Effort;
import io.lasttable.local.Options;
import io.lasttable.local.Setup;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the benchmark works, on a scenario of seconds; its figures are for a quiet machine and judged by nobody here. */
class BenchmarkIT {

    @TempDir
    Path folder;

    @Test
    void aScenarioRunsAndLeavesAReport() throws Exception {
        Benchmark benchmark = new Benchmark(
                Options.onFreePorts(Setup.standard(), folder.resolve("platform")),
                new Effort(1, true, 42),
                Scenarios.named("last-table"),
                folder.resolve("report"),
                step -> {});
        assertThat(benchmark.run()).isTrue();
        assertThat(Files.readString(folder.resolve("report/report.md")))
                .contains(
                        "| last-table | exactly one 201, every other answer 409 with alternatives | 0.00 violations | yes |");
    }
}
