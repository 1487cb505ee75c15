package io.lasttable.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.benchmark.bed.Effort;
import io.lasttable.benchmark.soak.Soak;
import io.lasttable.local.Options;
import io.lasttable.local.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of failures, about a minute of them; {@code -Dlocal.run=soak} goes on for longer. */
class SoakIT {

    @TempDir
    Path folder;

    @Test
    void whatIsPromisedHoldsWhileOnePartAfterTheOtherFails() throws Exception {
        Benchmark soak = new Benchmark(
                Options.onFreePorts(Soak.setup(Setup.standard()), folder.resolve("platform")),
                new Effort(1, false, Long.getLong("local.seed", 42)),
                List.of(new Soak(Duration.ZERO)),
                folder.resolve("report"),
                step -> {});
        boolean sound = soak.run();
        assertThat(sound).as(() -> read(folder.resolve("report/report.md"))).isTrue();
    }

    private static String read(Path report) {
        try {
            return Files.readString(report);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
