package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an operator wants that the chart did not think of can be said in values. */
class HatchesTest {

    private static final String ALB = "alb.ingress.kubernetes.io/";

    private final Manifest manifest =
            Chart.withDefaults().withYaml(Variant.HATCHES).render();
    private final Deployment booking = manifest.deployment(Service.BOOKING);

    @Test
    void everyObjectAndPodHasTheCommonLabelsAndAnnotations() {
        for (JsonNode object : manifest.objects()) {
            if (object.at("/metadata/name").asText().matches("lasttable-(more|text)")) {
                continue;
            }
            assertThat(object.at("/metadata/labels/team").asText())
                    .as(Manifest.id(object))
                    .isEqualTo("tables");
            assertThat(object.at("/metadata/annotations/owner").asText())
                    .as(Manifest.id(object))
                    .isEqualTo("tables@example.com");
            JsonNode pod = object.at("/spec/template/metadata");
            if (!pod.isMissingNode()) {
                assertThat(pod.at("/labels/team").asText())
                        .as(Manifest.id(object))
                        .isEqualTo("tables");
                assertThat(pod.at("/annotations/owner").asText())
                        .as(Manifest.id(object))
                        .isEqualTo("tables@example.com");
            }
        }
    }

    @Test
    void aDeploymentTakesAnnotationsOfItsOwn() {
        assertThat(booking.getMetadata().getAnnotations()).containsEntry("reloader.stakater.com/auto", "true");
    }

    @Test
    void variablesComeFromSecretsAndConfigMaps() {
        Container container = manifest.container(Service.BOOKING);
        assertThat(container.getEnv())
                .anyMatch(variable -> variable.getName().equals("HTTP_PROXY")
                        && variable.getValueFrom()
                                .getConfigMapKeyRef()
                                .getName()
                                .equals("proxy"));
        assertThat(container.getEnvFrom())
                .singleElement()
                .matches(source -> source.getSecretRef().getName().equals("more"));
    }

    @Test
    void podsTakeVolumesAndContainers() {
        var pod = booking.getSpec().getTemplate().getSpec();
        assertThat(pod.getContainers()).extracting(Container::getName).containsExactly("booking-service", "helper");
        assertThat(pod.getInitContainers()).extracting(Container::getName).containsExactly("before");
        for (Container container : List.of(
                manifest.container(Service.BOOKING), provision().getContainers().get(0))) {
            assertThat(container.getVolumeMounts())
                    .as(container.getName())
                    .anyMatch(mount -> mount.getMountPath().equals("/etc/more"));
        }
    }

    @Test
    void theJobAndTheTestArePlacedAsTheRest() {
        for (var pod :
                List.of(provision(), manifest.only(Pod.class, "lasttable-test").getSpec())) {
            assertThat(pod.getNodeSelector()).containsEntry("kubernetes.io/arch", "arm64");
            assertThat(pod.getTolerations()).hasSize(1);
            assertThat(pod.getPriorityClassName()).isEqualTo("high");
            assertThat(pod.getImagePullSecrets()).hasSize(1);
        }
        assertThat(manifest.only(Job.class, "lasttable-provision")
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsEntry("sidecar.istio.io/inject", "false");
        assertThat(manifest.only(Pod.class, "lasttable-test").getMetadata().getLabels())
                .containsEntry("sidecar.istio.io/inject", "false");
    }

    @Test
    void attributesOfTheBalancerAreAddedAndReplacedButNeverTwice() {
        Map<String, String> ingress = manifest.only(
                        io.fabric8.kubernetes.api.model.networking.v1.Ingress.class, "lasttable")
                .getMetadata()
                .getAnnotations();
        assertThat(ingress.get(ALB + "load-balancer-attributes"))
                .contains("routing.http2.enabled=false", "idle_timeout.timeout_seconds=120")
                .containsOnlyOnce("idle_timeout");
        assertThat(manifest.only(io.fabric8.kubernetes.api.model.Service.class, Service.NOTIFY.objectName())
                        .getMetadata()
                        .getAnnotations()
                        .get(ALB + "target-group-attributes"))
                .contains("load_balancing.algorithm.type=weighted_random", "stickiness.enabled=false")
                .containsOnlyOnce("load_balancing");
    }

    @Test
    void theAutoscalerTakesMetricsAndBehaviour() {
        var scaler = manifest.only(HorizontalPodAutoscaler.class, Service.BOOKING.objectName())
                .getSpec();
        assertThat(scaler.getMetrics()).hasSize(2);
        assertThat(scaler.getBehavior().getScaleDown().getStabilizationWindowSeconds())
                .isEqualTo(1200);
        assertThat(scaler.getBehavior().getScaleDown().getPolicies())
                .as("the chart's")
                .hasSize(1);
    }

    @Test
    void policiesTakeFurtherRules() {
        var policy = manifest.only(NetworkPolicy.class, Service.AVAILABILITY.objectName())
                .getSpec();
        assertThat(policy.getIngress())
                .anyMatch(rule -> rule.getFrom().stream()
                        .anyMatch(peer -> peer.getPodSelector() != null
                                && peer.getPodSelector().getMatchLabels().containsKey("app")));
        assertThat(policy.getEgress())
                .anyMatch(rule -> rule.getPorts().stream()
                        .anyMatch(port ->
                                Integer.valueOf(3128).equals(port.getPort().getIntVal())));
    }

    @Test
    void furtherObjectsMayHoldTemplates() {
        assertThat(manifest.ids()).contains("ConfigMap/lasttable-more", "ConfigMap/lasttable-text");
    }

    /** `helm template` without a cluster knows no version of one, and a parent chart's condition is a value of ours. */
    @Test
    void isRenderedOnAnyMachineAndAsASubchart() {
        assertThat(Chart.read("helm/Chart.yaml")).doesNotContain("kubeVersion");
        assertThat(Chart.withDefaults()
                        .with("enabled", true)
                        .onKubernetes("1.20.0")
                        .text())
                .contains("Deployment");
    }

    private io.fabric8.kubernetes.api.model.PodSpec provision() {
        return manifest.pods().get("lasttable-provision");
    }
}
