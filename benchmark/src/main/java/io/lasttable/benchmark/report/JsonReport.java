package io.lasttable.benchmark.report;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The report for programs: every round's value. */
final class JsonReport {

    private JsonReport() {}

    static JsonObject of(Report report) {
        JsonObject environment = new JsonObject();
        report.environment().forEach(environment::put);
        JsonArray scenarios = new JsonArray();
        report.findings().forEach(found -> scenarios.add(scenario(found)));
        return new JsonObject()
                .put("run", report.run())
                .put("environment", environment)
                .put("scenarios", scenarios);
    }

    private static JsonObject scenario(Findings found) {
        JsonArray figures = new JsonArray();
        found.figures()
                .forEach(figure -> figures.add(new JsonObject()
                        .put("name", figure.name())
                        .put("unit", figure.unit())
                        .put("median", figure.median())
                        .put("rounds", new JsonArray(figure.rounds()))));
        JsonArray verdicts = new JsonArray();
        found.verdicts()
                .forEach(verdict -> verdicts.add(new JsonObject()
                        .put("target", verdict.target())
                        .put("measured", verdict.measured())
                        .put("met", verdict.met())));
        JsonArray curves = new JsonArray();
        found.curves().forEach(curve -> curves.add(curve(curve)));
        return new JsonObject()
                .put("name", found.scenario())
                .put("failure", found.failure())
                .put("figures", figures)
                .put("verdicts", verdicts)
                .put("curves", curves)
                .put("notes", new JsonArray(found.notes()));
    }

    private static JsonObject curve(Curve curve) {
        JsonArray points = new JsonArray();
        curve.medians().forEach((x, y) -> points.add(new JsonArray().add(x).add(y)));
        return new JsonObject()
                .put("name", curve.name())
                .put("x", curve.xLabel())
                .put("y", curve.yLabel())
                .put("points", points);
    }
}
