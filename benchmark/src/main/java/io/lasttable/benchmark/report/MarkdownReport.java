package io.lasttable.benchmark.report;

import java.util.stream.Collectors;

/** The report for people: targets first, then each scenario's figures with their spread. */
final class MarkdownReport {

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    MarkdownReport(Report report) {
        this.report = report;
    }

    String text() {
        line("# Benchmark run " + report.run());
        line("");
        line("Ratios hold within this run only; never compare figures of two runs.");
        line("");
        report.environment().forEach((name, value) -> line("- " + name + ": " + value));
        line("");
        targets();
        report.findings().forEach(this::scenario);
        return text.toString();
    }

    private void targets() {
        line("| scenario | target | measured | met |");
        line("| --- | --- | ---: | --- |");
        for (Findings found : report.findings()) {
            for (Verdict verdict : found.verdicts()) {
                line("| " + found.scenario() + " | " + verdict.target() + " | " + Statistics.show(verdict.measured())
                        + (verdict.unit().isEmpty() ? " x" : " " + verdict.unit()) + " | "
                        + (verdict.met() ? "yes" : "**no**") + " |");
            }
        }
        line("");
    }

    private void scenario(Findings found) {
        line("## " + found.scenario());
        line("");
        line(found.question());
        line("");
        if (!found.failure().isEmpty()) {
            line("**Not finished:** " + found.failure());
            line("");
        }
        if (!found.figures().isEmpty()) {
            figures(found);
        }
        found.curves().forEach(curve -> curve(found, curve));
        found.notes().forEach(note -> line("- " + note));
        line("");
    }

    private void figures(Findings found) {
        line("| figure | unit | median | min | max | rounds |");
        line("| --- | --- | ---: | ---: | ---: | ---: |");
        for (Figure figure : found.figures()) {
            line("| " + figure.name() + " | " + figure.unit() + " | " + Statistics.show(figure.median()) + " | "
                    + Statistics.show(figure.min()) + " | " + Statistics.show(figure.max()) + " | "
                    + figure.rounds().size() + " |");
        }
        line("");
    }

    private void curve(Findings found, Curve curve) {
        line("![" + curve.name() + "](" + Report.plotName(found, curve) + ")");
        line("");
        line("| " + curve.xLabel() + " | "
                + curve.medians().keySet().stream().map(Statistics::show).collect(Collectors.joining(" | ")) + " |");
        line("| --- |" + " ---: |".repeat(curve.medians().size()));
        line("| " + curve.yLabel() + " | "
                + curve.medians().values().stream().map(Statistics::show).collect(Collectors.joining(" | ")) + " |");
        line("");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
