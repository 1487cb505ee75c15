package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An upgrade from the released chart: its values are still taken, and nothing that Kubernetes cannot change changes. */
class UpgradeTest {

    @Test
    void theValuesOfTheReleasedChartAreTaken() {
        assertThat(Chart.upgraded().render().ids())
                .containsAll(List.of(
                        "Deployment/lasttable-booking-service",
                        "Deployment/lasttable-availability-service",
                        "Deployment/lasttable-notify-service"));
    }

    /** Helm waits five minutes for a hook unless told otherwise, and then says only that it has waited. */
    @Test
    void provisionFailsBeforeHelmLosesPatience() {
        assertThat(Chart.withDefaults()
                        .render()
                        .object("Job", "lasttable-provision")
                        .at("/spec/activeDeadlineSeconds")
                        .asInt())
                .isLessThan(300);
    }

    @Test
    void selectorsStayWhatTheyWere() {
        String selectors = Chart.upgraded().render().all(Deployment.class).stream()
                .map(deployment -> deployment.getMetadata().getName() + " "
                        + deployment.getSpec().getSelector().getMatchLabels())
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
        Golden.assertUnchanged("src/test/golden/selectors-0.1.0.txt", selectors);
    }

    /** The schema is ready before the first new pod: hooks run before an upgrade touches anything. */
    @Test
    void provisionRunsBeforeInstallAndUpgrade() {
        var job = Chart.withDefaults().render().object("Job", "lasttable-provision");
        assertThat(job.at("/metadata/annotations/helm.sh~1hook").asText()).isEqualTo("pre-install,pre-upgrade");
        assertThat(job.at("/spec/template/spec/containers/0/args/0").asText()).isEqualTo("provision");
        assertThat(job.at("/spec/template/spec/containers/0/image"))
                .isEqualTo(Chart.withDefaults()
                        .render()
                        .object("Deployment", "lasttable-booking-service")
                        .at("/spec/template/spec/containers/0/image"));
    }

    /** What a hook uses has to be there before it: account and policy by weight, Secrets from outside before both. */
    @Test
    void whatProvisionNeedsComesBeforeIt() {
        Manifest eks = Chart.forEks().render();
        int job = weight(eks, "Job", "lasttable-provision");
        int account = weight(eks, "ServiceAccount", "lasttable-provision");
        assertThat(account).isLessThan(job);
        assertThat(weight(eks, "NetworkPolicy", "lasttable-provision")).isLessThan(job);
        assertThat(weight(eks, "ExternalSecret", "lasttable-booking-database")).isLessThan(account);
    }

    private static int weight(Manifest manifest, String kind, String name) {
        var annotations = manifest.object(kind, name).at("/metadata/annotations");
        assertThat(annotations.at("/helm.sh~1hook").asText()).isEqualTo("pre-install,pre-upgrade");
        return annotations.at("/helm.sh~1hook-weight").asInt();
    }
}
