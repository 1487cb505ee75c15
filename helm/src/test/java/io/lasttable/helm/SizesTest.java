package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory, admission, alert and scaling of notify come from one number, and a pod that hangs is not waited for. */
class SizesTest {

    /** What a connection takes in heap and kernel, docs/capacity.md. */
    private static final long CONNECTION = 25 * 1024;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "notify: {}                                                       | 1413Mi | 50000 | 30000 | 42500",
                "notify: {maxConnections: 20000}                                  | 681Mi  | 20000 | 12000 | 17000",
                "notify: {resources: {limits: {memory: 1Gi}}}                     | 1Gi    | 34078 | 20446 | 28966",
                "notify: {resources: {limits: {memory: 4G}}}                      | 4G     | 50000 | 30000 | 42500",
                "notify: {resources: {requests: {cpu: 1, memory: 512Mi}}}         | 512Mi  | 13107 | 7864  | 11140",
                "notify: {autoscaling: {keda: {connectionsPerReplica: 5000}}}     | 1413Mi | 50000 | 5000  | 42500"
            })
    void allFollowsFromOneNumber(String values, String memory, int admitted, int aimedAt, int alert) {
        String text = Chart.withDefaults().withYaml("""
                        notify: {autoscaling: {enabled: true, keda: {enabled: true}}}
                        monitoring: {prometheusRule: {enabled: true}}
                        """).withYaml(values).text();
        Container notify = new Manifest(text).container(Service.NOTIFY);
        assertThat(notify.getResources().getLimits()).containsEntry("memory", new Quantity(memory));
        assertThat(notify.getResources().getRequests()).containsEntry("memory", new Quantity(memory));
        assertThat(Environment.of(notify)).containsEntry("LASTTABLE_LIMITS_CONNECTIONS", String.valueOf(admitted));
        assertThat(text)
                .contains("threshold: \"" + aimedAt + "\"")
                .containsPattern("lasttable_live_connections\\{[^}]*}\\) > " + alert + "\\n");
    }

    /** The chart of 0.1 admitted 50,000 clients to a pod that was killed at about 37,000. */
    @Test
    void noMoreAreAdmittedThanTheMemoryHolds() {
        for (Variant variant :
                Variant.all().filter(each -> !each.name().equals("names")).toList()) {
            Container notify = variant.chart().render().container(Service.NOTIFY);
            long limit = Quantity.getAmountInBytes(
                            notify.getResources().getLimits().get("memory"))
                    .longValue();
            long admitted = Long.parseLong(Environment.of(notify).get("LASTTABLE_LIMITS_CONNECTIONS"));
            assertThat(admitted * CONNECTION).as(variant.name()).isLessThan(limit);
        }
        Container upgraded = Chart.upgraded().render().container(Service.NOTIFY);
        assertThat(Environment.of(upgraded)).containsEntry("LASTTABLE_LIMITS_CONNECTIONS", "34078");
    }

    @Test
    void theExampleForEksScalesByConnections() {
        Manifest eks = Chart.forEks().render();
        assertThat(eks.object("ScaledObject", "lasttable-notify-service")
                        .at("/spec/triggers/1/metadata/query")
                        .asText())
                .contains("lasttable_live_connections");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void theHeapLeavesRoom(Service service) {
        Map<String, String> variables = Environment.of(Chart.forEks().render().container(service));
        assertThat(Integer.parseInt(variables.get("JAVA_MAX_MEM_RATIO"))).isLessThanOrEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aPodThatHangsIsNotGivenTheTimeOfADrain(Service service) {
        assertThat(Chart.forEks().render().container(service).getLivenessProbe().getTerminationGracePeriodSeconds())
                .isLessThanOrEqualTo(10);
    }
}
