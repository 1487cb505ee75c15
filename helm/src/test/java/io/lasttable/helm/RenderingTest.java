package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes out of Helm is what Kubernetes takes: linted, and parsed strictly into the typed model. */
class RenderingTest {

    private static final Map<String, Class<? extends HasMetadata>> TYPES = Stream.of(
                    ConfigMap.class,
                    CronJob.class,
                    Deployment.class,
                    HTTPRoute.class,
                    HorizontalPodAutoscaler.class,
                    Ingress.class,
                    Job.class,
                    NetworkPolicy.class,
                    Pod.class,
                    PodDisruptionBudget.class,
                    PrometheusRule.class,
                    Secret.class,
                    Service.class,
                    ServiceAccount.class,
                    ServiceMonitor.class)
            .collect(Collectors.toMap(Class::getSimpleName, type -> type));

    /** Kinds without a typed model here; their fields are held by golden files. */
    private static final Set<String> UNTYPED = Set.of("ExternalSecret", "ScaledObject", "TargetGroupConfiguration");

    static Stream<Variant> variants() {
        return Variant.all();
    }

    @Test
    void lintFindsNothingEvenWhenStrict() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(lint.isFailed()).as(lint.getMessages().toString()).isFalse();
        assertThat(lint.getMessages()).noneMatch(message -> message.contains("WARNING") || message.contains("ERROR"));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyObjectIsValidKubernetes(Variant variant) {
        Manifest manifest = variant.chart().render();
        assertThat(manifest.objects()).isNotEmpty();
        for (JsonNode object : manifest.objects()) {
            String kind = object.at("/kind").asText();
            if (UNTYPED.contains(kind)) {
                continue;
            }
            assertThat(TYPES).as(Manifest.id(object)).containsKey(kind);
            HasMetadata typed = Manifest.strict(object, TYPES.get(kind));
            assertThat(typed.getApiVersion()).isEqualTo(object.at("/apiVersion").asText());
            assertThat(typed.getMetadata().getName())
                    .matches("[a-z0-9]([-a-z0-9.]*[a-z0-9])?")
                    .hasSizeLessThanOrEqualTo(63);
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noTwoObjectsHaveOneName(Variant variant) {
        List<String> ids = variant.chart().render().ids();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyReferenceInsideTheReleaseIsMet(Variant variant) {
        Manifest manifest = variant.chart().render();
        List<String> ids = manifest.ids();
        manifest.pods().forEach((name, pod) -> {
            if (pod.getServiceAccountName() != null
                    && pod.getServiceAccountName().startsWith("lasttable")) {
                assertThat(ids).as(name).contains("ServiceAccount/" + pod.getServiceAccountName());
            }
            Manifest.containers(pod)
                    .forEach(container -> container
                            .getVolumeMounts()
                            .forEach(mount -> assertThat(pod.getVolumes())
                                    .as("%s mounts %s", name, mount.getName())
                                    .anyMatch(volume -> volume.getName().equals(mount.getName()))));
        });
        for (Ingress ingress : manifest.all(Ingress.class)) {
            ingress.getSpec()
                    .getRules()
                    .forEach(rule -> rule.getHttp()
                            .getPaths()
                            .forEach(path -> assertThat(ids)
                                    .contains("Service/"
                                            + path.getBackend().getService().getName())));
        }
        for (Service service : manifest.all(Service.class)) {
            assertThat(manifest.all(Deployment.class))
                    .as("pods of Service %s", service.getMetadata().getName())
                    .anyMatch(deployment -> deployment
                            .getSpec()
                            .getTemplate()
                            .getMetadata()
                            .getLabels()
                            .entrySet()
                            .containsAll(service.getSpec().getSelector().entrySet()));
        }
    }

    @Test
    void aFieldThatDoesNotExistIsNoticed() {
        Manifest manifest =
                new Manifest("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{nmae: b}]}}");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> manifest.all(Pod.class)))
                .hasMessageContaining("nmae");
    }
}
