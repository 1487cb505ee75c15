package io.lasttable.helm;

import java.util.stream.Stream;

/**
 * Values that the chart is rendered with in the tests: the three examples, and each switch turned away from its default.
 *
 * @param name what the test report calls it
 */
record Variant(String name, Chart chart) {

    /** Each way out of the chart's own mind. */
    static final String HATCHES = """
            commonLabels: {team: tables}
            commonAnnotations: {owner: tables@example.com}
            booking:
              annotations: {reloader.stakater.com/auto: "true"}
              env: {HTTP_PROXY: {configMapKeyRef: {name: proxy, key: url}}}
              envFrom: [{secretRef: {name: more}}]
              volumes: [{name: more, secret: {secretName: more}}]
              volumeMounts: [{name: more, mountPath: /etc/more, readOnly: true}]
              sidecars: [&helper
                {name: helper, image: helper:1, resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 16Mi}},
                 securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}}]
              initContainers:
                - {<<: *helper, name: before}
              autoscaling:
                enabled: true
                metrics: [{type: Pods, pods: {metric: {name: waiting}, target: {type: AverageValue, averageValue: "5"}}}]
                behavior: {scaleDown: {stabilizationWindowSeconds: 1200}}
            provision: &placed
              podLabels: {sidecar.istio.io/inject: "false"}
              podAnnotations: {note: x}
              nodeSelector: {kubernetes.io/arch: arm64}
              tolerations: [{key: dedicated, operator: Exists, effect: NoSchedule}]
              priorityClassName: high
            tests: *placed
            images: {pullSecrets: [registry]}
            ingress: {enabled: true, host: tables.example.com}
            alb:
              loadBalancerAttributes: {routing.http2.enabled: "false", idle_timeout.timeout_seconds: "120"}
              targetGroupAttributes: {load_balancing.algorithm.type: weighted_random}
            networkPolicy:
              ingressCidrs: [10.0.0.0/16]
              extraIngress: [{from: [{podSelector: {matchLabels: {app: gateway}}}], ports: [{port: http, protocol: TCP}]}]
              extraEgress: [{ports: [{port: 3128, protocol: TCP}]}]
            extraObjects:
              - {apiVersion: v1, kind: ConfigMap, metadata: {name: "{{ .Release.Name }}-more"}, data: {a: b}}
              - |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: {{ .Release.Name }}-text}
            """;

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
                of(
                        "demo with pages",
                        Chart.forDemo()
                                .with("demo.publicUrl", "https://tables.example.com")
                                .with("ingress.enabled", true)
                                .with("ingress.host", "tables.example.com")
                                .with("networkPolicy.ingressCidrs[0]", "10.0.0.0/16")),
                of(
                        "sign-in",
                        chart.with("auth.issuerUrl", "https://cognito-idp.eu-west-1.amazonaws.com/x")
                                .with("oidc.audience[0]", "host")
                                .with("web.signIn.clientId", "host")
                                .with("web.signIn.connect[0]", "https://tables.auth.eu-west-1.amazoncognito.com")),
                of("no policies", chart.with("networkPolicy.enabled", false)),
                of("no spread", chart.with("topologySpread.enabled", false)),
                of(
                        "monitoring",
                        chart.with("monitoring.serviceMonitor.enabled", true)
                                .with("monitoring.prometheusRule.enabled", true)
                                .with("monitoring.dashboards.enabled", true)),
                of("gateway", chart.withYaml("""
                        gateway:
                          enabled: true
                          parentRefs: [{name: public, namespace: gateways, sectionName: https}]
                          hostnames: [tables.example.com]
                          targetGroups: true
                        networkPolicy: {ingressCidrs: [10.0.0.0/16]}
                        """)),
                of("hatches", chart.withYaml(HATCHES)),
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
