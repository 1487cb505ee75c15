package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The manifests that quarkus-kubernetes writes for development clusters say the same as the chart. */
class ManifestsIT {

    private final Manifest chart =
            Chart.withDefaults().with("monitoring.serviceMonitor.enabled", true).render();

    private static Manifest generated(Service service) {
        return new Manifest(Chart.read(service.module() + "/target/kubernetes/kubernetes.yml"));
    }

    private static Container container(Manifest manifest, String deployment) {
        return manifest.only(Deployment.class, deployment)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void containersHaveOneNameImageAndPort(Service service) {
        Container theirs = container(generated(service), service.module());
        Container ours = chart.container(service);
        assertThat(ours.getName()).isEqualTo(theirs.getName());
        assertThat(theirs.getImage()).contains("/" + repository(ours.getImage()) + ":");
        assertThat(ours.getPorts()).containsExactlyInAnyOrderElementsOf(theirs.getPorts());
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void probesAskTheSamePaths(Service service) {
        Container theirs = container(generated(service), service.module());
        Container ours = chart.container(service);
        assertThat(asked(ours, ours.getStartupProbe())).isEqualTo(asked(theirs, theirs.getStartupProbe()));
        assertThat(asked(ours, ours.getReadinessProbe())).isEqualTo(asked(theirs, theirs.getReadinessProbe()));
        assertThat(asked(ours, ours.getLivenessProbe())).isEqualTo(asked(theirs, theirs.getLivenessProbe()));
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void servicesListenOnTheSamePort(Service service) {
        var type = io.fabric8.kubernetes.api.model.Service.class;
        ServicePort theirs = http(generated(service).only(type, service.module()));
        ServicePort ours = http(chart.only(type, service.objectName()));
        assertThat(ours.getPort()).isEqualTo(theirs.getPort());
        assertThat(theirs.getTargetPort().getIntVal())
                .isEqualTo(chart.container(service).getPorts().get(0).getContainerPort());
    }

    private static ServicePort http(io.fabric8.kubernetes.api.model.Service service) {
        return service.getSpec().getPorts().stream()
                .filter(port -> port.getName().equals("http"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void podsCarryTheSameNameAndPart(Service service) {
        var theirs = generated(service).only(Deployment.class, service.module());
        var ours = chart.deployment(service);
        for (String label : new String[] {"app.kubernetes.io/name", "app.kubernetes.io/part-of"}) {
            assertThat(ours.getSpec().getTemplate().getMetadata().getLabels())
                    .containsEntry(
                            label,
                            theirs.getSpec()
                                    .getTemplate()
                                    .getMetadata()
                                    .getLabels()
                                    .get(label));
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void metricsAreScrapedAtTheSamePath(Service service) {
        JsonNode theirs = generated(service).object("ServiceMonitor", service.module());
        JsonNode ours = chart.object("ServiceMonitor", "lasttable");
        assertThat(ours.at("/spec/endpoints/0/path")).isEqualTo(theirs.at("/spec/endpoints/0/path"));
    }

    /** Without registry and tag. */
    private static String repository(String image) {
        return image.substring(image.indexOf('/') + 1, image.lastIndexOf(':'));
    }

    /** Scheme, port and path, with the port's name resolved. */
    private static String asked(Container container, Probe probe) {
        var get = probe.getHttpGet();
        int port = container.getPorts().stream()
                .filter(each -> each.getName().equals(get.getPort().getStrVal())
                        || each.getContainerPort().equals(get.getPort().getIntVal()))
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElseThrow();
        return get.getScheme() + ":" + port + get.getPath();
    }
}
