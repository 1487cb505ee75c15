package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a live cluster the chart looks before it leaps: what is missing is named at once. */
class PreflightTest {

    private static final String NAMESPACE = "tables";
    private static final String PLACEHOLDER = "<[a-z-]+>";

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
        watchTokenKey("a key that nobody else has, 0123456789");
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
        String filledIn = Chart.read("helm/values-eks.yaml").replaceAll(PLACEHOLDER, "filled-in");
        assertThat(Chart.untouched().withYaml(filledIn).text()).contains("ExternalSecret");
    }

    @Test
    void namesWhatNobodyHasFilledIn() {
        String uncommented = Chart.read("helm/values-eks.yaml").replaceAll("(?m)#.*$", "");
        List<String> placeholders = Pattern.compile(PLACEHOLDER)
                .matcher(uncommented)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(placeholders).hasSizeGreaterThan(5);
        assertThat(Chart.forEks().refusal()).contains(placeholders);
    }

    @Test
    void leavesObjectsOfTheReadersAlone() {
        theSecretsAreThere();
        String xml =
                "extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: xml}, data: {a: '<cluster><id>1</id></cluster>'}}]";
        assertThat(Chart.withDefaults().withYaml(xml).text()).contains("<cluster>");
    }

    @Test
    void refusesAKubernetesWithoutWhatThePodsNeed() {
        theSecretsAreThere();
        assertThat(Chart.withDefaults().onKubernetes("1.29.4").refusal()).contains("1.30 or newer");
    }

    /** The upgrade after a rotation restarts the pods that read the Secret, and no others. */
    @Test
    void podsAreMadeAnewWhenTheirSecretsChange() {
        theSecretsAreThere();
        Manifest before = new Manifest(Chart.withDefaults().text());
        ApiServer.forgetAll();
        aLiveCluster();
        theSecretsAreThere();
        ApiServer.forget(NAMESPACE, "Secret", "lasttable-booking-database");
        ApiServer.put(NAMESPACE, "Secret", "lasttable-booking-database", "{\"password\":\"bmV3\"}");
        Manifest after = new Manifest(Chart.withDefaults().text());
        assertThat(checksum(after, Service.BOOKING)).isNotEmpty().isNotEqualTo(checksum(before, Service.BOOKING));
        assertThat(checksum(after, Service.NOTIFY)).isNotEmpty().isEqualTo(checksum(before, Service.NOTIFY));
    }

    private static String checksum(Manifest manifest, Service service) {
        return manifest.object("Deployment", service.objectName())
                .at("/spec/template/metadata/annotations/checksum~1secrets")
                .asText();
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

    /** The key of `quarkus:dev` stands in this project for everybody to read. */
    @Test
    void refusesThePublishedKeyOfWatchTokens() {
        Matcher published = Pattern.compile("%dev\\.lasttable\\.watch-token-key=(.*)")
                .matcher(Chart.read("booking-service/src/main/resources/application.properties"));
        assertThat(published.find()).isTrue();
        watchTokenKey(published.group(1));
        assertThat(Chart.withDefaults().refusal()).contains("published for development");
    }

    @Test
    void refusesASecretWithoutALongKeyOfWatchTokens() {
        ApiServer.put(NAMESPACE, "Secret", "lasttable-watch-token", "{\"another-key\":\"a2VwdA==\"}");
        assertThat(Chart.withDefaults().refusal()).contains("no key watch-token-key of at least 32 characters");
    }

    private static void theSecretsAreThere() {
        ApiServer.put(NAMESPACE, "Secret", "lasttable-booking-database", "{}");
        ApiServer.put(NAMESPACE, "Secret", "lasttable-availability-database", "{}");
        watchTokenKey("a key that nobody else has, 0123456789");
    }

    private static void watchTokenKey(String key) {
        String encoded = Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
        ApiServer.put(NAMESPACE, "Secret", "lasttable-watch-token", "{\"watch-token-key\":\"" + encoded + "\"}");
    }
}
