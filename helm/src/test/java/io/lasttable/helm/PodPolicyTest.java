package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a security review asks of every pod, over all variants: the restricted Pod Security Standard and more. */
class PodPolicyTest {

    /** Evaluation only; their images write beside their programs. */
    private static final Set<String> MAY_WRITE = Set.of("kafka", "keycloak");

    static Stream<Variant> variants() {
        return Variant.all();
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyPodIsRestricted(Variant variant) {
        eachPod(variant, (name, pod) -> {
            var context = pod.getSecurityContext();
            assertThat(context).as(name).isNotNull();
            assertThat(context.getRunAsNonRoot()).as(name).isTrue();
            assertThat(context.getRunAsUser()).as(name).isPositive();
            assertThat(context.getSeccompProfile().getType()).as(name).isEqualTo("RuntimeDefault");
            assertThat(pod.getHostNetwork()).as(name).isNull();
            assertThat(pod.getHostPID()).as(name).isNull();
            assertThat(pod.getHostIPC()).as(name).isNull();
            assertThat(pod.getVolumes()).as(name).allMatch(volume -> volume.getHostPath() == null);
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyContainerIsRestricted(Variant variant) {
        eachContainer(variant, (name, container) -> {
            var context = container.getSecurityContext();
            assertThat(context).as(name).isNotNull();
            assertThat(context.getAllowPrivilegeEscalation()).as(name).isFalse();
            assertThat(context.getCapabilities().getDrop()).as(name).containsExactly("ALL");
            assertThat(context.getCapabilities().getAdd()).as(name).isEmpty();
            assertThat(context.getPrivileged()).as(name).isNull();
            assertThat(context.getReadOnlyRootFilesystem())
                    .as(name)
                    .isEqualTo(!MAY_WRITE.contains(container.getName()));
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everyContainerAsksForWhatItUses(Variant variant) {
        eachContainer(variant, (name, container) -> {
            assertThat(container.getResources().getRequests()).as(name).containsKeys("cpu", "memory");
            assertThat(container.getResources().getLimits()).as(name).containsKey("memory");
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void everythingThatServesIsProbed(Variant variant) {
        eachContainer(variant, (name, container) -> {
            if (!container.getPorts().isEmpty()) {
                assertThat(container.getStartupProbe()).as(name).isNotNull();
                assertThat(container.getReadinessProbe()).as(name).isNotNull();
                assertThat(container.getLivenessProbe()).as(name).isNotNull();
            }
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void noPodHoldsATokenOfTheApiServerOrServiceLinks(Variant variant) {
        eachPod(variant, (name, pod) -> {
            assertThat(pod.getAutomountServiceAccountToken()).as(name).isFalse();
            assertThat(pod.getEnableServiceLinks()).as(name).isFalse();
        });
    }

    @ParameterizedTest
    @MethodSource("variants")
    void theServicesDoNotShareAnAccount(Variant variant) {
        Map<String, PodSpec> pods = variant.chart().render().pods();
        assertThat(pods.entrySet().stream()
                        .filter(pod -> pod.getKey().endsWith("-service"))
                        .map(pod -> pod.getValue().getServiceAccountName()))
                .hasSize(Service.values().length)
                .doesNotHaveDuplicates()
                .doesNotContain("default");
    }

    @ParameterizedTest
    @MethodSource("variants")
    void secretsComeByReferenceOnly(Variant variant) {
        eachContainer(
                variant,
                (name, container) -> container.getEnv().stream()
                        .filter(variable -> variable.getName().matches(".*(PASSWORD|_KEY|SECRET|TOKEN)"))
                        .forEach(variable -> {
                            assertThat(variable.getValue())
                                    .as("%s %s", name, variable.getName())
                                    .isNull();
                            assertThat(variable.getValueFrom().getSecretKeyRef())
                                    .as(variable.getName())
                                    .isNotNull();
                        }));
    }

    private static void eachPod(Variant variant, BiConsumer<String, PodSpec> check) {
        Map<String, PodSpec> pods = variant.chart().render().pods();
        assertThat(pods).isNotEmpty();
        pods.forEach(check);
    }

    private static void eachContainer(Variant variant, BiConsumer<String, Container> check) {
        eachPod(
                variant,
                (name, pod) -> Manifest.containers(pod)
                        .forEach(container -> check.accept(name + "/" + container.getName(), container)));
    }
}
