package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is rendered, as files small enough to review: the list of objects of each example, and one object of each kind. */
class GoldenTest {

    static java.util.stream.Stream<Variant> examples() {
        return Variant.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void theListOfObjects(Variant variant) {
        String list = variant.chart().render().ids().stream().sorted().collect(Collectors.joining("\n", "", "\n"));
        Golden.assertUnchanged("src/test/golden/%s-objects.txt".formatted(variant), list);
    }

    @Test
    void theLoadBalancer() {
        unchanged("eks-ingress", Chart.forEks(), "Ingress/lasttable", "Service/lasttable-notify-service");
    }

    @Test
    void thePodsOfBooking() {
        unchanged("eks-booking", Chart.forEks(), "Deployment/lasttable-booking-service");
    }

    @Test
    void theProvisionJob() {
        unchanged("eks-provision", Chart.forEks(), "Job/lasttable-provision");
    }

    @Test
    void theSecretsFromOutside() {
        unchanged(
                "eks-secrets",
                Chart.forEks(),
                "ExternalSecret/lasttable-watch-token",
                "ExternalSecret/lasttable-booking-database");
    }

    @Test
    void theWallsAroundNotify() {
        unchanged("eks-network", Chart.forEks(), "NetworkPolicy/lasttable-notify-service");
    }

    @Test
    void theGateway() {
        Chart chart = Chart.withDefaults().withYaml("""
                gateway: {enabled: true, parentRefs: [{name: public}], targetGroups: true}
                networkPolicy: {ingressCidrs: [10.0.0.0/16]}
                """);
        unchanged("gateway", chart, "HTTPRoute/lasttable", "TargetGroupConfiguration/lasttable-notify-service");
    }

    @Test
    void theKedaScaling() {
        Chart chart = Chart.withDefaults()
                .with("availability.autoscaling.enabled", true)
                .with("availability.autoscaling.keda.enabled", true)
                .with("notify.autoscaling.enabled", true)
                .with("notify.autoscaling.keda.enabled", true);
        unchanged(
                "keda", chart, "ScaledObject/lasttable-availability-service", "ScaledObject/lasttable-notify-service");
    }

    private static void unchanged(String name, Chart chart, String... ids) {
        List<String> wanted = Arrays.asList(ids);
        List<JsonNode> objects = chart.render().objects().stream()
                .filter(object -> wanted.contains(Manifest.id(object)))
                .toList();
        assertThat(objects).hasSameSizeAs(wanted);
        String text = objects.stream().map(Manifest::asYaml).collect(Collectors.joining("---\n"));
        Golden.assertUnchanged("src/test/golden/%s.yaml".formatted(name), text);
    }
}
