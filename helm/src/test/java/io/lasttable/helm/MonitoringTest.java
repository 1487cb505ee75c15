package io.lasttable.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts, dashboards and scaling ask only for metrics that the services have, and every alert says what to do. */
class MonitoringTest {

    private static final Pattern METRIC = Pattern.compile("\\b([a-z_]+(?::[a-z_0-9]+)*)\\{");
    private static final Pattern CATALOGUED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (?:`([a-z.]+)`)?");

    private final List<Rule> rules = Chart.withDefaults()
            .with("monitoring.prometheusRule.enabled", true)
            .with("monitoring.prometheusRule.runbookUrl", "https://wiki.example.com/alerts")
            .render()
            .only(PrometheusRule.class, "lasttable")
            .getSpec()
            .getGroups()
            .stream()
            .flatMap(group -> group.getRules().stream())
            .toList();

    @Test
    void queriesNameOnlyMetricsOfTheCatalogue() throws IOException {
        Set<String> known = catalogue();
        rules.stream().map(Rule::getRecord).filter(name -> name != null).forEach(known::add);
        Set<String> asked = new TreeSet<>();
        List<String> queries = new ArrayList<>(dashboardQueries());
        rules.forEach(rule -> queries.add(rule.getExpr().getStrVal()));
        queries.addAll(scalingQueries());
        for (String query : queries) {
            Matcher metric = METRIC.matcher(query);
            assertThat(metric.results().map(found -> found.group(1)).peek(asked::add))
                    .as(query)
                    .isNotEmpty()
                    .allMatch(known::contains);
        }
        assertThat(asked).as("metrics asked for").hasSizeGreaterThan(15);
    }

    @Test
    void theCatalogueNamesOnlyMetricsThatTheServicesRegister() throws IOException {
        String sources = sources();
        Matcher row = CATALOGUED.matcher(Chart.read("docs/operations/metrics.md"));
        List<String> catalogued = row.results()
                .map(found -> found.group(2))
                .filter(Objects::nonNull)
                .toList();
        assertThat(catalogued).isNotEmpty().allMatch(name -> sources.contains("\"" + name + "\""));
    }

    @Test
    void everyMetricOfTheServicesIsInTheCatalogue() throws IOException {
        String catalogue = Chart.read("docs/operations/metrics.md");
        Matcher name = Pattern.compile("(?:builder|counter|gauge|timer|summary)\\(\\s*\"(lasttable\\.[a-z.]+)\"")
                .matcher(sources());
        assertThat(name.results().map(found -> found.group(1)))
                .isNotEmpty()
                .allMatch(found -> catalogue.contains("`" + found + "`"));
    }

    @Test
    void everyAlertHasAChapterInTheHandbook() {
        String handbook = Chart.read("docs/operations/alerts.md");
        for (Rule rule : rules) {
            if (rule.getAlert() != null) {
                assertThat(handbook).contains("\n## " + rule.getAlert() + "\n");
                assertThat(rule.getAnnotations().get("runbook_url"))
                        .isEqualTo("https://wiki.example.com/alerts#"
                                + rule.getAlert().toLowerCase(Locale.ROOT));
                assertThat(rule.getAnnotations().get("summary")).isNotBlank();
                assertThat(rule.getLabels().get("severity")).isIn("critical", "warning");
            }
        }
    }

    /** Each objective burns by a long and a short window, so that an alert comes soon and goes soon. */
    @Test
    void objectivesAreWatchedOverTwoWindowsEach() {
        for (String objective : List.of("BookingErrors", "BookingSlow", "AvailabilitySlow", "LiveUpdatesLate")) {
            assertThat(rules.stream().filter(rule -> objective.equals(rule.getAlert())))
                    .hasSize(4)
                    .allMatch(rule -> rule.getExpr().getStrVal().contains(" and "));
        }
    }

    @Test
    void thresholdsFollowTheObjective() {
        Rule fast = Chart.withDefaults()
                .withYaml("monitoring: {prometheusRule: {enabled: true, slo: {availability: 0.99}}}")
                .render()
                .only(PrometheusRule.class, "lasttable")
                .getSpec()
                .getGroups()
                .get(0)
                .getRules()
                .stream()
                .filter(rule -> rule.getAlert() != null)
                .findFirst()
                .orElseThrow();
        assertThat(fast.getExpr().getStrVal()).contains("> 0.144000");
    }

    /** A link that only works beside the source would lead nowhere from a phone at night. */
    @Test
    void withoutAnAddressOfTheHandbookNoAlertHasALink() {
        assertThat(Chart.withDefaults()
                        .with("monitoring.prometheusRule.enabled", true)
                        .text())
                .doesNotContain("alerts.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"booking: {outboxShards: 16}", "booking: {env: {LASTTABLE_RELAY_SHARDS: '16'}}"})
    void everyShardOfTheOutboxIsMissed(String values) {
        assertThat(Chart.withDefaults()
                        .with("monitoring.prometheusRule.enabled", true)
                        .withYaml(values)
                        .text())
                .containsPattern("sum\\(lasttable_outbox_shards_owned\\{[^}]*}\\) < 16\n");
    }

    @Test
    void dashboardsAreSound() throws IOException {
        for (JsonNode dashboard : dashboards()) {
            String title = dashboard.at("/title").asText();
            assertThat(title).startsWith("Lasttable");
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.at("/panels")) {
                assertThat(ids.add(panel.at("/id").asInt()))
                        .as("%s: panel ids", title)
                        .isTrue();
                if (!panel.at("/type").asText().equals("row")) {
                    assertThat(panel.at("/targets").size())
                            .as(panel.at("/title").asText())
                            .isPositive();
                    assertThat(panel.at("/description").asText()).isNotBlank();
                }
            }
        }
    }

    private static Set<String> catalogue() {
        Set<String> names = new TreeSet<>();
        Matcher row = CATALOGUED.matcher(Chart.read("docs/operations/metrics.md"));
        while (row.find()) {
            names.add(row.group(1));
        }
        assertThat(names).isNotEmpty();
        return names;
    }

    private static List<JsonNode> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(Chart.FOLDER.resolve("dashboards"))) {
            List<JsonNode> dashboards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                dashboards.add(new ObjectMapper().readTree(file.toFile()));
            }
            assertThat(dashboards).hasSize(3);
            return dashboards;
        }
    }

    private static List<String> dashboardQueries() throws IOException {
        return dashboards().stream()
                .flatMap(dashboard -> dashboard.findValuesAsText("expr").stream())
                .toList();
    }

    private static List<String> scalingQueries() {
        return Chart.withDefaults()
                .with("availability.autoscaling.enabled", true)
                .with("availability.autoscaling.keda.enabled", true)
                .with("notify.autoscaling.enabled", true)
                .with("notify.autoscaling.keda.enabled", true)
                .render()
                .objects()
                .stream()
                .filter(object -> object.at("/kind").asText().equals("ScaledObject"))
                .flatMap(object -> object.findValuesAsText("query").stream())
                .toList();
    }

    private static String sources() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Service service : Service.values()) {
            try (Stream<Path> files =
                    Files.walk(Chart.ROOT.resolve(service.module()).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts.stream().collect(Collectors.joining("\n"));
    }
}
