package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be meant are refused with their path. */
class SchemaTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bookings: {}                                        | bookings",
                "booking: {replica: 3}                               | replica",
                "booking: {replicas: three}                          | /booking/replicas",
                "booking: {image: {name: x}}                         | name",
                "booking: {resources: {limits: {memory: lots}}}      | memory",
                "booking: {database: {port: 70000}}                  | port",
                "notify: {shutdown: {drainSeconds: 0}}               | drainSeconds",
                "notify: {autoscaling: {keda: {connections: 5}}}     | connections",
                "notify: {allowedOrigins: [tables.example.com]}      | allowedOrigins",
                "kafka: {securityProtocol: SASL}                     | securityProtocol",
                "kafka: {bootstrapServers: broker}                   | bootstrapServers",
                "kafka: {auth: {mechanism: IAM}}                     | mechanism",
                "alb: {idleTimeoutSeconds: 20}                       | idleTimeoutSeconds",
                "alb: {schema: internal}                             | schema",
                "ingress: {enabled: 'yes'}                           | enabled",
                "networkPolicy: {ingressCidrs: [everywhere]}         | ingressCidrs",
                "networkPolicy: {ingressNamespaces: ['']}            | ingressNamespaces",
                "notify: {allowedOrigins: ['*']}                     | allowedOrigins",
                "notify: {allowedOrigins: ['https://*']}             | allowedOrigins",
                "notify: {allowedOrigins: ['https://*.example.com']} | allowedOrigins",
                "notify: {env: {LASTTABLE_LIMITS_ORIGINS: '*'}}      | LASTTABLE_LIMITS_ORIGINS",
                "notify: {env: {LASTTABLE_WATCH_TOKEN_KEY: x}}       | LASTTABLE_WATCH_TOKEN_KEY",
                "monitoring: {prometheusRule: {runbookUrl: docs/alerts.md}} | runbookUrl",
                "oidc: {audience: ['']}                              | audience",
                "oidc: {audience: lasttable}                         | audience",
                "oidc: {venuesClaim: ''}                             | venuesClaim",
                "booking: {env: {A: {secretRef: {name: x}}}}         | A",
                "notify: {autoscaling: {behavior: {scaleUpward: {}}}} | behavior",
                "notify: {heapPercent: 100}                          | heapPercent",
                "gateway: {parentRef: {name: x}}                     | parentRef",
                "database: {tls: {mode: verify}}                     | mode",
                "images: {registry: example.com/}                    | registry",
                "monitoring: {prometheusRule: {slo: {availability: 99.9}}} | availability",
                "booking: {env: {A-B: x}}                            | A-B"
            })
    void isRefusedByTheSchema(String values, String named) {
        assertThat(Chart.withDefaults().withYaml(values).refusal())
                .contains("schema")
                .contains(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka: {securityProtocol: SASL_SSL}                                    | must not be none",
                "kafka: {auth: {mechanism: iam}}                                        | SASL_SSL",
                "kafka: {securityProtocol: SASL_SSL, auth: {mechanism: plain}}          | kafka.auth.existingSecret",
                "database: {tls: {mode: verify-full}}                                   | database.tls.caConfigMap",
                "tracing: {enabled: true}                                               | tracing.endpoint",
                "{ingress: {enabled: true}, networkPolicy: {ingressCidrs: [10.0.0.0/16]}} | alb.certificateArn",
                "ingress: {enabled: true, host: tables.example.com}                     | networkPolicy.ingressCidrs",
                "gateway: {enabled: true, parentRefs: [{name: x}]}                      | networkPolicy.ingressCidrs",
                "{gateway: {enabled: true}, networkPolicy: {ingressNamespaces: [x]}}    | gateway.parentRefs",
                "notify: {resources: {limits: {memory: 128Mi}}}                         | holds no clients",
                "auth: {issuerUrl: 'https://issuer.example.com'}                        | oidc.audience",
                "demo: {enabled: true}                                                  | provision.mode",
                "externalSecrets: {enabled: true, watchTokenKey: x}                     | externalSecrets.store.name",
                "booking: {autoscaling: {enabled: true, maxReplicas: 1}}                | maxReplicas",
                "booking: {database: {existingSecret: ''}}                              | booking.database.existingSecret"
            })
    void isRefusedWithWhatIsMissing(String values, String named) {
        assertThat(Chart.withDefaults().withYaml(values).refusal()).contains(named);
    }

    /** Else whoever registers that name at Docker Hub first runs code in the cluster of everybody who forgot. */
    @Test
    void anImageWithoutARegistryIsRefused() {
        assertThat(Chart.untouched().refusal()).contains("images.registry is empty", "docs/deployment/images.md");
        assertThat(Chart.untouched().and("values-demo.yaml").refusal()).contains("images.registry is empty");
    }

    @Test
    void repositoriesMayNameTheirRegistryThemselves() {
        Chart named = Chart.untouched().withYaml("""
                booking: {image: {repository: registry.example.com/ours/booking}}
                availability: {image: {repository: "localhost:5000/availability"}}
                notify: {image: {repository: localhost/notify}}
                """);
        assertThat(named.text())
                .contains(
                        "image: registry.example.com/ours/booking:",
                        "image: localhost:5000/availability:",
                        "image: localhost/notify:");
    }

    @Test
    void noObjectOfTheSchemaTakesUnknownKeys() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Chart.read("helm/values.schema.json"));
        List<String> open = new ArrayList<>();
        collectOpen("", schema, open);
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/properties/global",
                        "/definitions/affinity/properties/nodeAffinity",
                        "/definitions/affinity/properties/podAffinity",
                        "/definitions/affinity/properties/podAntiAffinity",
                        "/definitions/open");
    }

    @Test
    @SuppressWarnings("unchecked")
    void theSchemaKnowsExactlyTheValues() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Chart.read("helm/values.schema.json"));
        List<String> differences = new ArrayList<>();
        compare("", schema, (Map<String, Object>) Chart.yaml(Chart.read("helm/values.yaml")), schema, differences);
        assertThat(differences).containsExactly("global only in the schema");
    }

    private static void collectOpen(String path, JsonNode node, List<String> open) {
        if (node.at("/type").asText().equals("object") && !node.has("additionalProperties")) {
            open.add(path);
        }
        node.fields().forEachRemaining(field -> collectOpen(path + "/" + field.getKey(), field.getValue(), open));
    }

    @SuppressWarnings("unchecked")
    private static void compare(
            String path, JsonNode schema, Map<String, Object> values, JsonNode root, List<String> differences) {
        JsonNode here = schema.has("$ref") ? root.at(schema.at("/$ref").asText().substring(1)) : schema;
        if (!here.has("properties")
                || path.endsWith("resources.")
                || path.endsWith("affinity.")
                || path.endsWith("behavior.")) {
            return;
        }
        here.at("/properties").fieldNames().forEachRemaining(name -> {
            if (!values.containsKey(name)) {
                differences.add(path + name + " only in the schema");
            }
        });
        values.forEach((name, value) -> {
            if (!here.at("/properties").has(name)) {
                differences.add(path + name + " only in the values");
            } else if (value instanceof Map) {
                compare(
                        path + name + ".",
                        here.at("/properties/" + name),
                        (Map<String, Object>) value,
                        root,
                        differences);
            }
        });
    }
}
