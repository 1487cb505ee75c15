package io.lasttable.helm;

import java.util.stream.Stream;

/**
 * Values that the chart is rendered with in the tests: the three examples, and each switch turned away from its default.
 *
 * @param name what the test report calls it
 */
record Variant(String name, Chart chart) {

    static Stream<Variant> all() {
        return Stream.concat(examples(), switches());
    }

    static Stream<Variant> examples() {
        return Stream.of(
                new Variant("default", Chart.withDefaults()),
                new Variant("eks", Chart.forEks()),
                new Variant("demo", Chart.forDemo()));
    }

    private static Stream<Variant> switches() {
        Chart chart = Chart.withDefaults();
        return Stream.of(
                of("names", chart.with("nameOverride", "tables").with("images.registry", "example.com/x")),
                of(
                        "issuer",
                        chart.with("auth.issuerUrl", "https://issuer.example.com")
                                .with("oidc.audience[0]", "lasttable")
                                .with("oidc.scopePrefix", "lasttable/")),
                of("database without TLS", chart.with("database.tls.mode", "disable")),
                of(
                        "database checked",
                        chart.with("database.tls.mode", "verify-full").with("database.tls.caConfigMap", "rds-ca")),
                of("kafka iam", chart.with("kafka.securityProtocol", "SASL_SSL").with("kafka.auth.mechanism", "iam")),
                of(
                        "kafka scram",
                        chart.with("kafka.securityProtocol", "SASL_SSL")
                                .with("kafka.auth.mechanism", "scram-sha-512")
                                .with("kafka.auth.existingSecret", "kafka-user")),
                of(
                        "kafka plain",
                        chart.with("kafka.securityProtocol", "SASL_PLAINTEXT")
                                .with("kafka.auth.mechanism", "plain")
                                .with("kafka.auth.existingSecret", "kafka-user")),
                of("kafka ca", chart.with("kafka.securityProtocol", "SSL").with("kafka.caConfigMap", "kafka-ca")),
                of(
                        "tracing",
                        chart.with("tracing.enabled", true).with("tracing.endpoint", "http://collector.example:4317")),
                of("provision before pods", chart.with("provision.mode", "initContainer")),
                of(
                        "autoscaling",
                        chart.with("booking.autoscaling.enabled", true)
                                .with("availability.autoscaling.enabled", true)
                                .with("notify.autoscaling.enabled", true)),
                of(
                        "keda",
                        chart.with("availability.autoscaling.enabled", true)
                                .with("availability.autoscaling.keda.enabled", true)
                                .with("notify.autoscaling.enabled", true)
                                .with("notify.autoscaling.keda.enabled", true)),
                of("no budgets", chart.with("notify.podDisruptionBudget.enabled", false)),
                of(
                        "foreign accounts",
                        chart.with("booking.serviceAccount.create", false)
                                .with("booking.serviceAccount.name", "theirs")
                                .with("provision.serviceAccount.create", false)),
                of(
                        "alb by host",
                        chart.with("ingress.enabled", true)
                                .with("ingress.host", "tables.example.com")
                                .with("networkPolicy.ingressCidrs[0]", "10.0.0.0/16")
                                .with("alb.wafAclArn", "arn:aws:wafv2:x")
                                .with("alb.accessLogs.bucket", "logs")),
                of(
                        "another controller",
                        chart.with("ingress.enabled", true)
                                .with("alb.enabled", false)
                                .with("ingress.className", "other")
                                .with("ingress.pathStyle", "regex")
                                .with("networkPolicy.ingressNamespaces[0]", "ingress-nginx")
                                .with("ingress.tlsSecret", "tls")),
                of("no policies", chart.with("networkPolicy.enabled", false)),
                of("no spread", chart.with("topologySpread.enabled", false)),
                of(
                        "monitoring",
                        chart.with("monitoring.serviceMonitor.enabled", true)
                                .with("monitoring.prometheusRule.enabled", true)
                                .with("monitoring.dashboards.enabled", true)),
                of("pods", chart.withYaml("""
                        booking:
                          javaOptions: -XX:+UseZGC
                          env: {QUARKUS_LOG_LEVEL: DEBUG}
                          podLabels: {team: tables}
                          podAnnotations: {note: x}
                          nodeSelector: {kubernetes.io/arch: arm64}
                          tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
                          affinity: {podAntiAffinity: {}}
                          priorityClassName: high
                          image: {digest: "sha256:0000000000000000000000000000000000000000000000000000000000000000"}
                        notify: {allowedOrigins: ["https://tables.example.com"]}
                        images: {pullSecrets: [registry]}
                        """)));
    }

    private static Variant of(String name, Chart chart) {
        return new Variant(name, chart);
    }

    @Override
    public String toString() {
        return name;
    }
}
