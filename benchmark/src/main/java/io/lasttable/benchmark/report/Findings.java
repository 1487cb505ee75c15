package io.lasttable.benchmark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one scenario has found. A scenario adds a value a round; the median and the spread are the report's. */
public final class Findings {

    private static final String VIOLATIONS = "violations";

    private final String scenario;
    private final String question;
    private final Map<String, Figure> figures = new LinkedHashMap<>();
    private final Map<String, Curve> curves = new LinkedHashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String failure = "";

    /** @param question what the scenario answers, in a sentence */
    public Findings(String scenario, String question) {
        this.scenario = scenario;
        this.question = question;
    }

    public void add(String figure, String unit, double value) {
        figures.computeIfAbsent(figure, name -> new Figure(name, unit)).add(value);
    }

    public boolean has(String figure) {
        return figures.containsKey(figure);
    }

    /** The median so far. */
    public double median(String figure) {
        Figure known = figures.get(figure);
        if (known == null) {
            throw new IllegalArgumentException(scenario + " has no figure " + figure);
        }
        return known.median();
    }

    /** The sum over the rounds: for counts of what must not happen. */
    public double total(String figure) {
        return figures.get(figure).rounds().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    public void point(String curve, String xLabel, String yLabel, double x, double y) {
        curves.computeIfAbsent(curve, name -> new Curve(name, xLabel, yLabel)).add(x, y);
    }

    /** A target that is a ceiling on a figure's median. */
    public void atMost(String figure, double most) {
        double median = median(figure);
        String unit = figures.get(figure).unit();
        verdicts.add(
                new Verdict(figure + " at most " + Statistics.show(most) + " " + unit, median, unit, median <= most));
    }

    /** A target that is a floor under a figure's median. */
    public void atLeast(String figure, double least) {
        double median = median(figure);
        String unit = figures.get(figure).unit();
        verdicts.add(new Verdict(
                figure + " at least " + Statistics.show(least) + " " + unit, median, unit, median >= least));
    }

    /** A target on the ratio of two figures of this run. */
    public void ratioAtLeast(String figure, String peer, double least) {
        double ratio = median(figure) / median(peer);
        verdicts.add(
                new Verdict(figure + " at least " + Statistics.show(least) + " x " + peer, ratio, "", ratio >= least));
    }

    /** A target on the ratio of two figures of this run. */
    public void ratioAtMost(String figure, String peer, double most) {
        double ratio = median(figure) / median(peer);
        verdicts.add(
                new Verdict(figure + " at most " + Statistics.show(most) + " x " + peer, ratio, "", ratio <= most));
    }

    /** A fact of correctness that a load must not break. */
    public void holds(String fact, double violations) {
        verdicts.add(new Verdict(fact, violations, VIOLATIONS, violations == 0));
    }

    public void note(String text) {
        notes.add(text);
    }

    /** The scenario could not be finished; what it had found stays. */
    public void failed(String why) {
        failure = why;
    }

    public String scenario() {
        return scenario;
    }

    /** Whether it could be finished and no fact of correctness was violated; a missed target is no failure. */
    public boolean sound() {
        return failure.isEmpty()
                && verdicts.stream()
                        .allMatch(verdict -> verdict.met() || !verdict.unit().equals(VIOLATIONS));
    }

    String question() {
        return question;
    }

    Collection<Figure> figures() {
        return figures.values();
    }

    Collection<Curve> curves() {
        return curves.values();
    }

    List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    String failure() {
        return failure;
    }
}
