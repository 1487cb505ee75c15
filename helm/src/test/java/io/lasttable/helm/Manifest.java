package io.lasttable.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What Helm rendered. Objects whose type is known are parsed strictly into the typed Kubernetes model: a field that does
 * not exist, or a value of the wrong type, fails.
 */
final class Manifest {

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .annotationIntrospector(new WithoutAnySetters())
            .build();

    /** The model keeps unknown fields in a map of each object; without that they are errors. */
    private static final class WithoutAnySetters extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(Annotated annotated) {
            return false;
        }
    }

    private final List<JsonNode> objects = new ArrayList<>();

    Manifest(String text) {
        for (String document : text.split("(?m)^---\\s*$")) {
            Object object = Chart.yaml(document);
            if (object != null) {
                objects.add(STRICT.valueToTree(object));
            }
        }
    }

    List<JsonNode> objects() {
        return objects;
    }

    List<String> kinds() {
        return objects.stream().map(object -> object.at("/kind").asText()).toList();
    }

    /** {@code Kind/name} of every object. */
    List<String> ids() {
        return objects.stream().map(Manifest::id).toList();
    }

    static String id(JsonNode object) {
        return object.at("/kind").asText() + "/" + object.at("/metadata/name").asText();
    }

    JsonNode object(String kind, String name) {
        return find(kind, name).orElseThrow(() -> new AssertionError("no " + kind + "/" + name + " in " + ids()));
    }

    Optional<JsonNode> find(String kind, String name) {
        return objects.stream()
                .filter(object -> id(object).equals(kind + "/" + name))
                .findFirst();
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return objects.stream()
                .filter(object -> object.at("/kind").asText().equals(type.getSimpleName()))
                .map(object -> strict(object, type))
                .toList();
    }

    <T extends HasMetadata> T only(Class<T> type, String name) {
        return strict(object(type.getSimpleName(), name), type);
    }

    static <T> T strict(JsonNode object, Class<T> type) {
        try {
            return STRICT.treeToValue(object, type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(id(object) + " does not fit " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    /** Pods of Deployments, Jobs and tests, by the name of the object that makes them. */
    Map<String, PodSpec> pods() {
        Map<String, PodSpec> pods = new LinkedHashMap<>();
        all(Deployment.class)
                .forEach(deployment -> pods.put(
                        deployment.getMetadata().getName(),
                        deployment.getSpec().getTemplate().getSpec()));
        all(Job.class)
                .forEach(job -> pods.put(
                        job.getMetadata().getName(), job.getSpec().getTemplate().getSpec()));
        all(Pod.class).forEach(pod -> pods.put(pod.getMetadata().getName(), pod.getSpec()));
        return pods;
    }

    static List<Container> containers(PodSpec pod) {
        return Stream.concat(pod.getInitContainers().stream(), pod.getContainers().stream())
                .toList();
    }

    /** Block style, keys in the order in which the chart writes them. */
    static String asYaml(JsonNode object) {
        DumperOptions block = new DumperOptions();
        block.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        block.setWidth(160);
        return new Yaml(block).dump(STRICT.convertValue(object, Object.class));
    }

    Deployment deployment(Service service) {
        return only(Deployment.class, service.objectName());
    }

    Container container(Service service) {
        return deployment(service)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0);
    }
}
