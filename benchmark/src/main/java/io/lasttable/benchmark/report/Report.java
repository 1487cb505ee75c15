package io.lasttable.benchmark.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One run: where it was measured and what each scenario found, kept as {@code report.md}, {@code report.json} and a plot for
 * each curve. It is written anew after every scenario, so a run that is broken off leaves what it had.
 *
 * <p>A report holds figures of one run only. Figures of two runs are not comparable on a shared machine, which is why each
 * stands beside a floor or peer of its own run: a folder that already holds a report is refused.
 */
public final class Report {

    private final String run;
    private final Map<String, String> environment;
    private final List<Findings> findings = new ArrayList<>();

    /** @param run names this run: its start time */
    public Report(String run, Map<String, String> environment) {
        this.run = run;
        this.environment = new LinkedHashMap<>(environment);
    }

    /**
     * Sees to it that a folder is free for a run.
     *
     * @throws IllegalArgumentException when it holds another run's report
     */
    public static void requireFresh(Path folder) {
        Path earlier = folder.resolve("report.json");
        if (Files.exists(earlier)) {
            throw new IllegalArgumentException(earlier
                    + " is the report of another run. Figures of two runs are not comparable, so they never share a"
                    + " report: name another folder with -Dlocal.report, or move the old one away.");
        }
    }

    /** Adds to what is said of where it was measured. */
    public void describe(String name, String value) {
        environment.put(name, value);
    }

    public void add(Findings found) {
        findings.add(found);
    }

    /** Whether every scenario is {@link Findings#sound}. */
    public boolean sound() {
        return findings.stream().allMatch(Findings::sound);
    }

    public void write(Path folder) throws IOException {
        Path made = Files.createDirectories(folder);
        Path markdown = Files.writeString(made.resolve("report.md"), new MarkdownReport(this).text());
        Path json = Files.writeString(
                made.resolve("report.json"), JsonReport.of(this).encodePrettily());
        assert Files.exists(markdown) && Files.exists(json);
        for (Findings found : findings) {
            for (Curve curve : found.curves()) {
                Path plot = Files.writeString(made.resolve(plotName(found, curve)), Plot.svg(curve));
                assert Files.exists(plot);
            }
        }
    }

    static String plotName(Findings found, Curve curve) {
        return (found.scenario() + "-" + curve.name()).replaceAll("[^A-Za-z0-9]+", "-") + ".svg";
    }

    String run() {
        return run;
    }

    Map<String, String> environment() {
        return environment;
    }

    List<Findings> findings() {
        return findings;
    }
}
