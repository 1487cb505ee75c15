package io.lasttable.local.balancer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The listener's rules, first match wins; the same paths as the Ingress of the chart. */
public final class Routes {

    private record Rule(PathPattern pattern, TargetGroup group) {}

    private final List<Rule> rules = new ArrayList<>();

    /** Sends paths that match {@code pattern} ({@code *} any characters, {@code ?} one) to {@code group}. */
    public Routes route(String pattern, TargetGroup group) {
        rules.add(new Rule(PathPattern.of(pattern), group));
        return this;
    }

    Optional<TargetGroup> groupFor(String path) {
        return rules.stream()
                .filter(rule -> rule.pattern().matches(path))
                .map(Rule::group)
                .findFirst();
    }

    List<TargetGroup> groups() {
        return rules.stream().map(Rule::group).distinct().toList();
    }

    /** What the platform serves from outside: three services under {@code /v1}, and what their problems mean. */
    public static Routes ofPlatform(TargetGroup booking, TargetGroup availability, TargetGroup live) {
        return new Routes()
                .route("/v1/live*", live)
                .route("/v1/openapi/live.yaml", live)
                .route("/v1/openapi/availability.yaml", availability)
                .route("/v1/availability", availability)
                .route("/v1/venues/*/availability", availability)
                .route("/v1/venues/*/days/*", availability)
                .route("/v1/venues/*/calendar", availability)
                .route("/v1/*", booking)
                .route("/problems/*", booking);
    }
}
