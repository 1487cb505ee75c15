package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a live cluster the chart looks before it leaps: what is missing is named at once. */
class PreflightTest {

    private static final String NAMESPACE = "tables";

    @BeforeEach
    void aLiveCluster() {
        ApiServer.forgetAll();
        ApiServer.putNamespace(NAMESPACE);
    }

    @AfterEach
    void noCluster() {
        ApiServer.forgetAll();
    }

    @Test
    void namesEverySecretThatIsMissing() {
        ApiServer.put(NAMESPACE, "Secret", "lasttable-watch-token", "{}");
        assertThat(Chart.withDefaults().refusal())
                .contains(
                        "namespace tables lacks Secret lasttable-booking-database, Secret lasttable-availability-database");
    }

    @Test
    void namesTheMissingBundleOfCertificates() {
        theSecretsAreThere();
        Chart checked = Chart.withDefaults()
                .with("database.tls.mode", "verify-full")
                .with("database.tls.caConfigMap", "rds-ca");
        assertThat(checked.refusal()).contains("lacks ConfigMap rds-ca");
        ApiServer.put(NAMESPACE, "ConfigMap", "rds-ca", "{}");
        assertThat(checked.text()).contains("lasttable-provision");
    }

    @Test
    void isContentWhenAllIsThere() {
        theSecretsAreThere();
        assertThat(Chart.withDefaults().text()).contains("lasttable-provision");
    }

    @Test
    void leavesSecretsToExternalSecrets() {
        ApiServer.put(NAMESPACE, "ConfigMap", "rds-ca", "{}");
        assertThat(Chart.forEks().text()).contains("ExternalSecret");
    }

    @Test
    void theDemoKeepsItsPasswordsOverAnUpgrade() {
        ApiServer.put(
                NAMESPACE,
                "Secret",
                "lasttable-demo",
                "{\"password\":\"a2VwdA==\",\"watch-token-key\":\"a2VwdA==\",\"client-secret\":\"a2VwdA==\"}");
        assertThat(Chart.forDemo().text())
                .contains("password: a2VwdA==", "watch-token-key: a2VwdA==", "client-secret: a2VwdA==");
    }

    private static void theSecretsAreThere() {
        ApiServer.put(NAMESPACE, "Secret", "lasttable-booking-database", "{}");
        ApiServer.put(NAMESPACE, "Secret", "lasttable-availability-database", "{}");
        ApiServer.put(NAMESPACE, "Secret", "lasttable-watch-token", "{}");
    }
}
