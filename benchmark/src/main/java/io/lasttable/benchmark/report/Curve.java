package io.lasttable.benchmark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How one quantity grows with another; several rounds at one place are averaged by their median. */
public final class Curve {

    private final String name;
    private final String xLabel;
    private final String yLabel;
    private final SortedMap<Double, List<Double>> points = new TreeMap<>();

    Curve(String name, String xLabel, String yLabel) {
        this.name = name;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    void add(double x, double y) {
        boolean added = points.computeIfAbsent(x, place -> new ArrayList<>()).add(y);
        assert added;
    }

    String name() {
        return name;
    }

    String xLabel() {
        return xLabel;
    }

    String yLabel() {
        return yLabel;
    }

    SortedMap<Double, Double> medians() {
        SortedMap<Double, Double> medians = new TreeMap<>();
        points.forEach((x, values) -> medians.put(x, Statistics.median(values)));
        return medians;
    }
}
