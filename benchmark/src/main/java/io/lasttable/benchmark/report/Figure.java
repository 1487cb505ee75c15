package io.lasttable.benchmark.report;

import java.util.ArrayList;
import java.util.List;

/** One measured quantity over the rounds of a run. */
public final class Figure {

    private final String name;
    private final String unit;
    private final List<Double> rounds = new ArrayList<>();

    Figure(String name, String unit) {
        this.name = name;
        this.unit = unit;
    }

    void add(double value) {
        rounds.add(value);
    }

    public String name() {
        return name;
    }

    public String unit() {
        return unit;
    }

    public List<Double> rounds() {
        return List.copyOf(rounds);
    }

    public double median() {
        return Statistics.median(rounds);
    }

    double min() {
        return Statistics.min(rounds);
    }

    double max() {
        return Statistics.max(rounds);
    }
}
