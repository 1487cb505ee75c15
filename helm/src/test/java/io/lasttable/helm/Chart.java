package io.lasttable.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The chart with values on top of its defaults, as {@code helm template lasttable ./helm} would see it. */
final class Chart {

    /** The root of the project. */
    static final Path ROOT =
            Path.of(System.getProperty("project.root", "..")).toAbsolutePath().normalize();

    /** The folder of the chart. */
    static final Path FOLDER = ROOT.resolve("helm");

    private static final Map<String, Manifest> RENDERED = new ConcurrentHashMap<>();

    private final List<Path> files;
    private final Map<String, Object> values;
    private final String kubernetes;

    private Chart(List<Path> files, Map<String, Object> values, String kubernetes) {
        this.files = files;
        this.values = values;
        this.kubernetes = kubernetes;
    }

    /** As it stands in the repository, which knows no registry. */
    static Chart untouched() {
        return new Chart(List.of(), Map.of(), "1.33.0");
    }

    static Chart withDefaults() {
        return untouched().withYaml("images: {registry: registry.example.com}");
    }

    /** With the values of the first release, whose registry was empty, and a registry. */
    static Chart upgraded() {
        return untouched().and("src/test/golden/values-0.1.0.yaml").with("images.registry", "registry.example.com");
    }

    static Chart forEks() {
        return untouched().and("values-eks.yaml");
    }

    static Chart forDemo() {
        return withDefaults().and("values-demo.yaml");
    }

    /** With a values file of the chart's folder. */
    Chart and(String file) {
        List<Path> more = new ArrayList<>(files);
        more.add(FOLDER.resolve(file));
        return new Chart(more, values, kubernetes);
    }

    /** With one value, written as {@code a.b[0].c}; numbers and booleans keep their type. */
    Chart with(String path, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(path, value);
        return new Chart(files, more, kubernetes);
    }

    /** With values in YAML. */
    Chart withYaml(String yaml) {
        try {
            Path folder = Files.createDirectories(FOLDER.resolve("target/values"));
            Path file = folder.resolve(UUID.nameUUIDFromBytes(yaml.getBytes(StandardCharsets.UTF_8)) + ".yaml");
            List<Path> more = new ArrayList<>(files);
            more.add(Files.writeString(file, yaml));
            return new Chart(more, values, kubernetes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Chart onKubernetes(String version) {
        return new Chart(files, values, version);
    }

    /** @throws IllegalStateException with Helm's message when it refuses */
    Manifest render() {
        Manifest known = RENDERED.get(key());
        if (known == null) {
            known = new Manifest(text());
            RENDERED.put(key(), known);
        }
        return known;
    }

    private String key() {
        return files + " " + values + " " + kubernetes;
    }

    /** Rendered with the hooks, which {@code helm template} shows and this engine's template command leaves out. */
    String text() {
        ApiServer.ensureStarted();
        TemplateCommand template = new Helm(WithoutHooks.FOLDER)
                .template()
                .withName("lasttable")
                .withNamespace("tables")
                .withKubeVersion(kubernetes);
        for (Path file : files) {
            template = template.withValuesFile(file);
        }
        for (Map.Entry<String, Object> value : values.entrySet()) {
            template = template.set(value.getKey(), value.getValue());
        }
        return WithoutHooks.restore(template.call());
    }

    /** A copy of the chart whose hooks are plain objects. */
    private static final class WithoutHooks {

        private static final String HOOK = "helm.sh/hook";
        private static final String PLAIN = "plain.helm.sh/hook";
        static final Path FOLDER = copy();

        static String restore(String rendered) {
            return rendered.replace(PLAIN, HOOK);
        }

        private static Path copy() {
            Path copy = Chart.FOLDER.resolve("target/chart");
            try (Stream<Path> files = Files.walk(Chart.FOLDER)) {
                for (Path file : files.filter(WithoutHooks::isOfTheChart).toList()) {
                    Path to = copy.resolve(Chart.FOLDER.relativize(file));
                    Files.createDirectories(to.getParent());
                    Path written = Files.writeString(to, Files.readString(file).replace(HOOK, PLAIN));
                    assert written.equals(to);
                }
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static boolean isOfTheChart(Path file) {
            String path = Chart.FOLDER.relativize(file).toString().replace('\\', '/');
            return Files.isRegularFile(file)
                    && path.matches("Chart\\.yaml|values\\.yaml|values\\.schema\\.json|(templates|dashboards)/.*");
        }
    }

    /** Helm's message when it refuses. */
    String refusal() {
        try {
            String rendered = text();
            throw new AssertionError("should have been refused, but rendered " + rendered.length() + " characters");
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    /** Parses YAML with duplicate keys refused. */
    static Object yaml(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(text);
    }

    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
