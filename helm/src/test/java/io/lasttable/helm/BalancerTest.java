package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The load balancer in front and the way in which pods leave it. */
class BalancerTest {

    private static final String ALB = "alb.ingress.kubernetes.io/";

    private final Manifest eks = Chart.forEks().render();
    private final Ingress ingress = eks.only(Ingress.class, "lasttable");
    private final Map<String, String> annotations = ingress.getMetadata().getAnnotations();

    /** One rule: a path and the service it leads to. */
    private record Route(String path, String to) {}

    @Test
    void routesAsTheLocalBalancerDoes() {
        assertThat(chartsRoutes()).isEqualTo(localRoutes());
    }

    @Test
    void letsNothingButTheApiIn() {
        assertThat(ingress.getSpec().getDefaultBackend()).isNull();
        assertThat(chartsRoutes())
                .isNotEmpty()
                .allMatch(route -> route.path().startsWith("/v1/")
                        || List.of("/web/*", "/problems/*").contains(route.path()));
    }

    @Test
    void withoutThePagesTheApiAloneIsThere() {
        Chart chart = Chart.forEks().with("web.enabled", false);
        assertThat(paths(chart.render().only(Ingress.class, "lasttable")))
                .isNotEmpty()
                .noneMatch(path -> path.startsWith("/web"));
    }

    @Test
    void pathsMayBeWrittenAsRegularExpressions() {
        Chart chart = Chart.forEks().with("ingress.pathStyle", "regex");
        assertThat(paths(chart.render().only(Ingress.class, "lasttable")))
                .containsExactly(
                        "/web/.*",
                        "/v1/live.*",
                        "/v1/openapi/live.yaml",
                        "/v1/openapi/availability.yaml",
                        "/v1/availability",
                        "/v1/venues/[^/]+/availability",
                        "/v1/venues/[^/]+/days/.*",
                        "/v1/venues/[^/]+/calendar",
                        "/v1/.*",
                        "/problems/.*");
    }

    @Test
    void reachesPodsDirectlyAndChecksTheirReadiness() {
        assertThat(annotations)
                .containsEntry(ALB + "target-type", "ip")
                .containsEntry(ALB + "healthcheck-path", "/q/health/ready")
                .containsEntry(ALB + "healthcheck-port", "9000")
                .containsEntry(ALB + "success-codes", "200");
        assertThat(seconds("healthcheck-timeout-seconds")).isLessThan(seconds("healthcheck-interval-seconds"));
    }

    @Test
    void keepsAnIdleSocketLongerThanTwoPings() {
        String properties = Chart.read("notify-service/src/main/resources/application.properties")
                + Chart.read("notify-service/src/main/java/io/lasttable/notify/NotifyConfig.java");
        Matcher ping =
                Pattern.compile("(?:auto-ping-interval=|\"PT)(25)(?:s|S\")").matcher(properties);
        assertThat(ping.find())
                .as("the ping interval of 25 s in notify-service")
                .isTrue();
        int idle = Integer.parseInt(
                attributes(annotations.get(ALB + "load-balancer-attributes")).get("idle_timeout.timeout_seconds"));
        assertThat(idle).isGreaterThan(2 * Integer.parseInt(ping.group(1)));
    }

    @Test
    void redirectsToTlsWithACurrentPolicy() {
        assertThat(annotations).containsEntry(ALB + "ssl-redirect", "443").containsKey(ALB + "certificate-arn");
        assertThat(annotations.get(ALB + "ssl-policy")).startsWith("ELBSecurityPolicy-TLS13-");
    }

    @Test
    void firewallAndLogsAreSwitches() {
        Manifest without = Chart.withDefaults()
                .with("ingress.enabled", true)
                .with("ingress.host", "tables.example.com")
                .with("networkPolicy.ingressCidrs[0]", "10.0.0.0/16")
                .render();
        Map<String, String> plain =
                without.only(Ingress.class, "lasttable").getMetadata().getAnnotations();
        assertThat(plain).doesNotContainKeys(ALB + "wafv2-acl-arn", ALB + "certificate-arn");
        assertThat(plain.get(ALB + "load-balancer-attributes")).doesNotContain("access_logs");

        Manifest with = Chart.forEks()
                .with("alb.wafAclArn", "arn:aws:wafv2:r:1:regional/webacl/w/2")
                .render();
        Map<String, String> all =
                with.only(Ingress.class, "lasttable").getMetadata().getAnnotations();
        assertThat(all).containsEntry(ALB + "wafv2-acl-arn", "arn:aws:wafv2:r:1:regional/webacl/w/2");
        assertThat(attributes(all.get(ALB + "load-balancer-attributes")))
                .containsEntry("access_logs.s3.enabled", "true")
                .containsEntry("access_logs.s3.prefix", "lasttable");
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void spreadsByOpenRequestsAndTiesNobodyToAPod(Service service) {
        assertThat(targetGroup(service))
                .containsEntry("stickiness.enabled", "false")
                .containsEntry("load_balancing.algorithm.type", "least_outstanding_requests")
                .doesNotContainKey("slow_start.duration_seconds");
    }

    /** Deregistered first, then told to stop, then killed: each step has time to end before the next one forces it. */
    @ParameterizedTest
    @EnumSource(Service.class)
    void everyStepOfTheDrainEndsBeforeTheNextForcesIt(Service service) {
        for (Chart chart :
                List.of(Chart.forEks(), Chart.forEks().with(service.key() + ".shutdown.drainSeconds", 300))) {
            Manifest manifest = chart.render();
            Deployment deployment = manifest.deployment(service);
            var pod = deployment.getSpec().getTemplate().getSpec();
            var container = pod.getContainers().get(0);
            long preStop = container.getLifecycle().getPreStop().getSleep().getSeconds();
            long drain = drainSeconds(service, Environment.of(container));
            long deregistration = Long.parseLong(
                    attributes(manifest.only(io.fabric8.kubernetes.api.model.Service.class, service.objectName())
                                    .getMetadata()
                                    .getAnnotations()
                                    .get(ALB + "target-group-attributes"))
                            .get("deregistration_delay.timeout_seconds"));
            assertThat(preStop).as("the load balancer has taken the pod out").isGreaterThanOrEqualTo(10);
            assertThat(deregistration)
                    .as("the load balancer cuts what is left")
                    .isGreaterThanOrEqualTo(preStop + drain)
                    .isLessThanOrEqualTo(3600);
            assertThat(pod.getTerminationGracePeriodSeconds())
                    .as("SIGKILL")
                    .isGreaterThan(deregistration)
                    .isGreaterThanOrEqualTo(preStop + drain + 10);
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void aRolloutTakesNoPodAwayBeforeANewOneIsReady(Service service) {
        var update = eks.deployment(service).getSpec().getStrategy().getRollingUpdate();
        assertThat(update.getMaxUnavailable().getIntVal()).isZero();
        assertThat(update.getMaxSurge()).isNotNull();
        assertThat(eks.deployment(service).getSpec().getMinReadySeconds()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void clientAddressesAreBelievedAsFarAsThereAreProxies(Service service) {
        assertThat(Environment.of(eks.container(service))).containsEntry("LASTTABLE_LIMITS_PROXIES", "1");
        Manifest behindTwo = Chart.forEks().with("ingress.proxies", 2).render();
        assertThat(Environment.of(behindTwo.container(service))).containsEntry("LASTTABLE_LIMITS_PROXIES", "2");
    }

    private static long drainSeconds(Service service, Map<String, String> environment) {
        if (service == Service.NOTIFY) {
            return java.time.Duration.parse(environment.get("LASTTABLE_DRAIN_NOTICE"))
                            .toSeconds()
                    + java.time.Duration.parse(environment.get("LASTTABLE_DRAIN_GRACE"))
                            .toSeconds();
        }
        return Long.parseLong(environment.get("QUARKUS_SHUTDOWN_TIMEOUT").replace("s", ""));
    }

    private Map<String, String> targetGroup(Service service) {
        return attributes(eks.only(io.fabric8.kubernetes.api.model.Service.class, service.objectName())
                .getMetadata()
                .getAnnotations()
                .get(ALB + "target-group-attributes"));
    }

    private int seconds(String annotation) {
        return Integer.parseInt(annotations.get(ALB + annotation));
    }

    private static Map<String, String> attributes(String list) {
        return Arrays.stream(list.split(","))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> p[1]));
    }

    private static List<String> paths(Ingress ingress) {
        return ingress.getSpec().getRules().get(0).getHttp().getPaths().stream()
                .map(path -> path.getPath())
                .toList();
    }

    private List<Route> chartsRoutes() {
        return ingress.getSpec().getRules().get(0).getHttp().getPaths().stream()
                .map(path -> new Route(
                        path.getPath(),
                        path.getBackend()
                                .getService()
                                .getName()
                                .replace("lasttable-", "")
                                .replace("-service", "")))
                .toList();
    }

    /** The {@code .route("pattern", group)} calls of the platform's balancer, in their order. */
    private static List<Route> localRoutes() {
        String source = Chart.read("local/src/main/java/io/lasttable/local/balancer/Routes.java");
        Matcher call = Pattern.compile("\\.route\\(\\s*\"([^\"]+)\"\\s*,\\s*(\\w+)\\s*\\)")
                .matcher(source);
        List<Route> routes = new ArrayList<>();
        while (call.find()) {
            routes.add(new Route(call.group(1), call.group(2).equals("live") ? "notify" : call.group(2)));
        }
        assertThat(routes).as("routes found in Routes.java").isNotEmpty();
        return routes;
    }
}
