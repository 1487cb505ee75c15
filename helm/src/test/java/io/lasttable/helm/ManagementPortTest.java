package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Health and metrics have a port of their own, which probes, health checks and scrapers reach and nobody else. */
class ManagementPortTest {

    private static final String RELEASE = "app.kubernetes.io/instance";

    static Stream<Variant> variants() {
        return Variant.all();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void probesAskThere(Service service) {
        Container container = Chart.forEks().render().container(service);
        assertThat(container.getPorts())
                .anyMatch(port -> port.getName().equals("management") && port.getContainerPort() == 9000);
        assertThat(Stream.of(container.getStartupProbe(), container.getReadinessProbe(), container.getLivenessProbe())
                        .map(Probe::getHttpGet))
                .allMatch(get -> get.getPort().getStrVal().equals("management"));
    }

    @Test
    void metricsAreScrapedThere() {
        Manifest eks = Chart.forEks().render();
        assertThat(eks.only(ServiceMonitor.class, "lasttable").getSpec().getEndpoints())
                .isNotEmpty()
                .allMatch(endpoint -> endpoint.getPort().equals("management"));
        for (Service service : Service.values()) {
            assertThat(eks.only(io.fabric8.kubernetes.api.model.Service.class, service.objectName())
                            .getSpec()
                            .getPorts())
                    .anyMatch(port -> port.getName().equals("management"));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noRuleLetsEverybodyIn(Variant variant) {
        for (NetworkPolicy policy : variant.chart().render().all(NetworkPolicy.class)) {
            assertThat(policy.getSpec().getIngress())
                    .as(policy.getMetadata().getName())
                    .allMatch(rule -> !rule.getFrom().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void healthChecksOfTheBalancerAndScrapersGetInAndNobodyElse(Service service) {
        Chart chart = Chart.forEks().withYaml("networkPolicy: {ingressNamespaces: [mesh]}");
        assertThat(peers(chart, service, "management"))
                .hasSize(2)
                .anyMatch(peer -> peer.getIpBlock() != null)
                .anyMatch(peer -> "monitoring".equals(namespace(peer)));
        assertThat(peers(chart, service, "http"))
                .anyMatch(peer -> peer.getIpBlock() != null)
                .anyMatch(peer -> "mesh".equals(namespace(peer)))
                .anyMatch(peer -> peer.getPodSelector() != null
                        && peer.getPodSelector().getMatchLabels().containsKey(RELEASE))
                .noneMatch(peer -> "monitoring".equals(namespace(peer)));
    }

    /** Gateway API, Istio: what comes from outside comes without an Ingress of ours, and checks its targets by itself. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void rangesHoldWithoutAnIngressToo(Service service) {
        Chart chart = Chart.withDefaults().with("networkPolicy.ingressCidrs[0]", "10.0.0.0/16");
        assertThat(peers(chart, service, "http")).anyMatch(peer -> peer.getIpBlock() != null);
        assertThat(peers(chart, service, "management")).noneMatch(peer -> peer.getIpBlock() != null);
    }

    private static List<NetworkPolicyPeer> peers(Chart chart, Service service, String port) {
        return chart.render().only(NetworkPolicy.class, service.objectName()).getSpec().getIngress().stream()
                .filter(rule -> opens(rule, port))
                .flatMap(rule -> rule.getFrom().stream())
                .toList();
    }

    private static boolean opens(NetworkPolicyIngressRule rule, String port) {
        return rule.getPorts().stream()
                .anyMatch(open -> port.equals(open.getPort().getStrVal()));
    }

    private static String namespace(NetworkPolicyPeer peer) {
        return peer.getNamespaceSelector() == null
                ? null
                : peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name");
    }
}
