package io.lasttable.benchmark.report;

/**
 * A target beside what was measured in this run.
 *
 * @param target in words: {@code at least 0.5 of pgbench}
 * @param measured the median, or the ratio of medians, in the target's unit
 * @param unit empty for a ratio
 */
public record Verdict(String target, double measured, String unit, boolean met) {}
