package io.lasttable.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path folder;

    @Test
    void theMedianOfTheRoundsIsReportedBesideTheirSpread() throws Exception {
        Findings found = new Findings("push", "How fast?");
        found.add("deliveries", "1/s", 90);
        found.add("deliveries", "1/s", 300);
        found.add("deliveries", "1/s", 120);
        assertThat(markdown(found)).contains("| deliveries | 1/s | 120 | 90.0 | 300 | 3 |");
    }

    @Test
    void aTargetIsJudgedOnTheRatioToThePeerOfTheSameRun() throws Exception {
        Findings found = new Findings("push", "How fast?");
        found.add("ours", "1/s", 90);
        found.add("theirs", "1/s", 100);
        found.ratioAtLeast("ours", "theirs", 1);
        assertThat(markdown(found)).contains("| push | ours at least 1.00 x theirs | 0.90 x | **no** |");
    }

    @Test
    void aMissedTargetIsNoFailureButAWrongResultIs() {
        Findings slow = new Findings("slow", "?");
        slow.add("p99", "ms", 100);
        slow.atMost("p99", 25);
        assertThat(slow.sound()).isTrue();
        Findings wrong = new Findings("wrong", "?");
        wrong.holds("exactly one winner", 1);
        assertThat(wrong.sound()).isFalse();
        Findings broken = new Findings("broken", "?");
        broken.failed("no platform");
        assertThat(broken.sound()).isFalse();
    }

    @Test
    void everyRoundIsInTheJsonAndEveryCurveHasAPlot() throws Exception {
        Findings found = new Findings("growth", "How does it grow?");
        found.add("p99", "ms", 1.5);
        found.add("p99", "ms", 2.5);
        found.point("watchers", "watchers", "ms", 100, 4);
        found.point("watchers", "watchers", "ms", 10_000, 9);
        write(found);
        JsonObject scenario = new JsonObject(Files.readString(folder.resolve("report.json")))
                .getJsonArray("scenarios")
                .getJsonObject(0);
        assertThat(scenario.getJsonArray("figures").getJsonObject(0).getJsonArray("rounds"))
                .containsExactly(1.5, 2.5);
        assertThat(Files.readString(folder.resolve("growth-watchers.svg")))
                .startsWith("<svg")
                .contains("polyline");
    }

    @Test
    void aFolderWithAnotherRunsReportIsRefused() throws Exception {
        Report.requireFresh(folder);
        write(new Findings("first", "?"));
        assertThatThrownBy(() -> Report.requireFresh(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not comparable")
                .hasMessageContaining("-Dlocal.report");
    }

    private String markdown(Findings found) throws Exception {
        write(found);
        return Files.readString(folder.resolve("report.md"));
    }

    private void write(Findings found) throws Exception {
        Report report = new Report("2026-11-24T20:00:00Z", Map.of("cores", "2"));
        report.add(found);
        report.write(folder);
    }
}
