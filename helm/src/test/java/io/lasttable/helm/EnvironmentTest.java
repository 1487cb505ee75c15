package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each environment variable that the chart sets means something to the service that gets it. */
class EnvironmentTest {

    /** Settings of Quarkus and of the JVM that the chart uses. */
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "GC_CONTAINER_OPTIONS",
            "HTTP_PROXY",
            "JAVA_MAX_MEM_RATIO",
            "JAVA_OPTS_APPEND",
            "QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM",
            "QUARKUS_DATASOURCE_REACTIVE_TRUST_ALL",
            "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM",
            "QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS",
            "QUARKUS_LOG_LEVEL",
            "QUARKUS_OIDC_TENANT_ENABLED",
            "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
            "QUARKUS_SHUTDOWN_TIMEOUT");

    @ParameterizedTest
    @EnumSource(Service.class)
    void everyVariableIsUnderstood(Service service) throws Exception {
        Set<String> known = new TreeSet<>(OF_THE_PLATFORM);
        known.addAll(placeholders(service));
        known.addAll(settings(service));
        Variant.all().forEach(variant -> {
            for (Container container : containersOf(service, variant)) {
                Map<String, String> variables = Environment.of(container);
                variables.forEach((name, value) -> {
                    if (name.startsWith("KAFKA_")) {
                        String property =
                                name.substring(6).toLowerCase(Locale.ROOT).replace('_', '.');
                        assertThat(ConsumerConfig.configNames()).as(name).contains(property);
                        assertThat(ProducerConfig.configNames()).as(name).contains(property);
                    } else if (!usedByAnother(name, variables)) {
                        assertThat(known).as("%s: %s", variant, name).contains(name);
                    }
                });
            }
        });
    }

    /** A placeholder that the chart leaves out would fall back to its default, which is meant for one's own machine. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void everyPlaceholderOfTheServiceIsSet(Service service) {
        Set<String> set = new LinkedHashSet<>();
        Stream.of(
                        Chart.forEks().with("tracing.enabled", true).with("tracing.endpoint", "http://c:4317"),
                        Chart.withDefaults()
                                .with("auth.issuerUrl", "https://issuer.example.com")
                                .with("auth.watchTokenKey.otherKey", "the-one-of-before")
                                .with("oidc.audience[0]", "lasttable")
                                .with("oidc.scopePrefix", "lasttable/"))
                .forEach(chart -> set.addAll(
                        Environment.of(chart.render().container(service)).keySet()));
        assertThat(set).containsAll(placeholders(service));
    }

    @Test
    void bookingSignsAndNotifyVerifiesWithOneKey() {
        Variant.all().filter(variant -> !variant.name().equals("names")).forEach(variant -> {
            Manifest manifest = variant.chart().render();
            assertThat(Environment.of(manifest.container(Service.NOTIFY)).get("LASTTABLE_WATCH_TOKEN_KEY"))
                    .isNotNull()
                    .isEqualTo(
                            Environment.of(manifest.container(Service.BOOKING)).get("LASTTABLE_WATCH_TOKEN_KEY"));
        });
    }

    @Test
    void bothKnowASecondKeyWhileItIsRotated() {
        Manifest manifest = Chart.withDefaults()
                .with("auth.watchTokenKey.otherKey", "the-one-of-before")
                .render();
        for (Service service : List.of(Service.BOOKING, Service.NOTIFY)) {
            assertThat(manifest.container(service).toString())
                    .contains("LASTTABLE_WATCH_TOKEN_OTHER_KEY", "the-one-of-before");
        }
    }

    @Test
    void aDatabaseIsTakenOnTrustInTheModeRequireOnly() {
        String trustAll = "QUARKUS_DATASOURCE_REACTIVE_TRUST_ALL";
        for (Service service : List.of(Service.BOOKING, Service.AVAILABILITY)) {
            assertThat(Environment.of(Chart.withDefaults()
                            .with("database.tls.mode", "require")
                            .render()
                            .container(service)))
                    .containsEntry(trustAll, "true");
            assertThat(Environment.of(Chart.forEks().render().container(service)))
                    .containsEntry("LASTTABLE_DATABASE_SSL_MODE", "verify-full")
                    .doesNotContainKey(trustAll);
        }
    }

    @Test
    void noServiceServesItsDocumentWhereTheValuesSaySo() {
        Manifest manifest = Chart.withDefaults().with("docs.enabled", false).render();
        for (Service service : Service.values()) {
            assertThat(Environment.of(manifest.container(service))).containsEntry("LASTTABLE_DOCS_ENABLED", "false");
        }
    }

    @Test
    void aVariableOfTheUsersComesInPlaceOfTheCharts() {
        Container container = Chart.withDefaults()
                .withYaml("booking: {env: {LASTTABLE_RELAY_SHARDS: '8', LASTTABLE_LOG_JSON: 'false'}}")
                .render()
                .container(Service.BOOKING);
        assertThat(Environment.of(container))
                .containsEntry("LASTTABLE_RELAY_SHARDS", "8")
                .containsEntry("LASTTABLE_LOG_JSON", "false");
    }

    /** The JVM refuses two collectors, and the image's start script always names one. */
    @Test
    void anotherCollectorComesInPlaceOfTheImages() {
        Map<String, String> variables = Environment.of(Chart.withDefaults()
                .with("notify.javaOptions", "-XX:+UseZGC -Xlog:gc")
                .render()
                .container(Service.NOTIFY));
        assertThat(variables)
                .containsEntry("GC_CONTAINER_OPTIONS", "-XX:+UseZGC")
                .doesNotContainKey("JAVA_TOOL_OPTIONS");
        assertThat(variables.get("JAVA_OPTS_APPEND"))
                .as("the image's own, which this variable hides, and ours")
                .isEqualTo("-Djava.util.logging.manager=org.jboss.logmanager.LogManager -XX:+UseZGC -Xlog:gc");
        assertThat(Environment.of(Chart.withDefaults().render().container(Service.NOTIFY)))
                .doesNotContainKeys("GC_CONTAINER_OPTIONS", "JAVA_OPTS_APPEND");
    }

    @Test
    void withoutAnIssuerNoTokenIsBelieved() {
        assertThat(Environment.of(Chart.withDefaults().render().container(Service.BOOKING)))
                .containsEntry("QUARKUS_OIDC_TENANT_ENABLED", "false")
                .doesNotContainKey("LASTTABLE_OIDC_ISSUER_URL");
    }

    @ParameterizedTest
    @EnumSource(names = {"BOOKING", "NOTIFY"})
    void tokensAreBelievedOnlyIfMadeForUs(Service service) {
        Chart chart = Chart.withDefaults().withYaml("""
                auth: {issuerUrl: https://cognito-idp.example.com/pool}
                oidc: {audience: [tables-web, tables-app], venuesClaim: "cognito:groups", scopePrefix: lasttable/,
                       scopeClaims: [scp, roles]}
                """);
        assertThat(Environment.of(chart.render().container(service)))
                .containsEntry("LASTTABLE_OIDC_AUDIENCE", "tables-web,tables-app")
                .containsEntry("LASTTABLE_OIDC_VENUES_CLAIM", "cognito:groups")
                .containsEntry("LASTTABLE_OIDC_SCOPE_CLAIMS", "scp,roles")
                .containsEntry("LASTTABLE_OIDC_SCOPE_PREFIX", "lasttable/");
        assertThat(Environment.of(Chart.withDefaults().render().container(service)))
                .as("a service wants one at every start")
                .containsKey("LASTTABLE_OIDC_AUDIENCE")
                .doesNotContainKey("LASTTABLE_OIDC_SCOPE_CLAIMS")
                .doesNotContainKey("LASTTABLE_OIDC_SCOPE_PREFIX");
    }

    @Test
    void guestsAreKeptForAsLongAsTheValueSays() {
        assertThat(Environment.of(Chart.withDefaults()
                        .with("booking.guestRetentionDays", 730)
                        .render()
                        .container(Service.BOOKING)))
                .containsEntry("LASTTABLE_GUESTS_RETENTION", "P730D");
        assertThat(Environment.of(Chart.withDefaults().render().container(Service.BOOKING)))
                .doesNotContainKey("LASTTABLE_GUESTS_RETENTION");
    }

    @Test
    void theDemosTokensAreMadeForTheAudience() {
        Manifest demo = Chart.forDemo().render();
        String realm = new String(
                Base64.getDecoder()
                        .decode(demo.object("Secret", "lasttable-demo")
                                .at("/data/realm.json")
                                .asText()),
                StandardCharsets.UTF_8);
        assertThat(realm)
                .contains("\"included.custom.audience\":\""
                        + Environment.of(demo.container(Service.BOOKING)).get("LASTTABLE_OIDC_AUDIENCE") + "\"");
    }

    @Test
    void userNamesAndPasswordsOfKafkaReachTheLoginModule() {
        Container container = Chart.withDefaults()
                .with("kafka.securityProtocol", "SASL_SSL")
                .with("kafka.auth.mechanism", "scram-sha-512")
                .with("kafka.auth.existingSecret", "kafka-user")
                .render()
                .container(Service.NOTIFY);
        assertThat(Environment.of(container))
                .containsEntry("KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
                .containsEntry("LASTTABLE_KAFKA_PASSWORD", "secret:kafka-user/password")
                .containsEntry(
                        "KAFKA_SASL_JAAS_CONFIG",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"$(LASTTABLE_KAFKA_USERNAME)\" password=\"$(LASTTABLE_KAFKA_PASSWORD)\";");
    }

    private static Iterable<Container> containersOf(Service service, Variant variant) {
        Manifest manifest = variant.chart().render();
        return manifest.pods().entrySet().stream()
                .filter(pod -> pod.getKey().endsWith(service.module())
                        || service == Service.BOOKING && pod.getKey().endsWith("-provision"))
                .flatMap(pod -> Manifest.containers(pod.getValue()).stream())
                .toList();
    }

    private static boolean usedByAnother(String name, Map<String, String> variables) {
        return variables.values().stream().anyMatch(value -> value.contains("$(" + name + ")"));
    }

    /** The {@code ${NAME}} of application.properties outside of profiles for development and tests. */
    private static Set<String> placeholders(Service service) {
        Set<String> names = new TreeSet<>();
        Matcher placeholder = Pattern.compile("\\$\\{((?:LASTTABLE|KAFKA)_[A-Z_]+)")
                .matcher(Chart.read(service.module() + "/src/main/resources/application.properties")
                        .replaceAll("(?m)^%(dev|test)\\..*$", ""));
        while (placeholder.find()) {
            names.add(placeholder.group(1));
        }
        assertThat(names).isNotEmpty();
        return names;
    }

    /** The settings of the service's own mappings, as environment variables. */
    private static Set<String> settings(Service service) throws IOException, ReflectiveOperationException {
        Path classes = Chart.ROOT.resolve(service.module()).resolve("target/classes");
        assertThat(Files.isDirectory(classes))
                .as("%s is built", service.module())
                .isTrue();
        try (var loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, EnvironmentTest.class.getClassLoader())) {
            Set<String> names = new TreeSet<>();
            for (String name : mappings(classes)) {
                Class<?> mapping = loader.loadClass(name);
                collect(variable(mapping.getAnnotation(ConfigMapping.class).prefix()), mapping, names);
            }
            assertThat(names).isNotEmpty();
            return names;
        }
    }

    /** Of one service, or of each of its rooms. */
    private static List<String> mappings(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.matches("[^$]*(Settings|Config)\\.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }

    private static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static void collect(String prefix, Class<?> group, Set<String> names) {
        for (Method method : group.getDeclaredMethods()) {
            String name =
                    prefix + "_" + method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
            boolean nested = method.getReturnType().isInterface()
                    && group.getName()
                            .startsWith(method.getReturnType().getName().replaceAll("\\$.*", ""));
            if (nested) {
                collect(name, method.getReturnType(), names);
            } else {
                names.add(name);
            }
        }
    }
}
