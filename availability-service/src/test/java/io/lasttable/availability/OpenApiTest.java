package io.lasttable.availability;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The document at /q/openapi against itself and against what the service answers. */
@QuarkusTest
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private JsonNode document;

    @BeforeEach
    void read() throws IOException {
        document = JSON.readTree(get("/q/openapi?format=json").asString());
    }

    @Test
    void everyOperationHasAnIdASummaryATagAndAnExampleOfItsAnswer() {
        List<JsonNode> operations = operations();
        assertThat(operations).hasSize(4).allSatisfy(operation -> {
            assertThat(operation.path("operationId").asText()).isNotEmpty();
            assertThat(operation.path("summary").asText()).isNotEmpty();
            assertThat(document.path("tags").findValuesAsText("name"))
                    .contains(operation.path("tags").path(0).asText());
            assertThat(examples(operation, "200")).isNotEmpty();
            assertThat(operation.path("responses").has("400")).isTrue();
            assertThat(operation.path("responses").has("429")).isTrue();
            assertThat(operation.path("responses").has("503")).isTrue();
        });
        assertThat(operations.stream()
                        .map(operation -> operation.path("operationId").asText()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theDocumentNamesTheParametersThatTheResourcesRead() {
        List<Method> reads = new ClassFileImporter()
                .importPackages("io.lasttable.availability").stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(type -> Stream.of(type.reflect().getDeclaredMethods()))
                        .filter(method -> method.isAnnotationPresent(GET.class))
                        .toList();

        assertThat(reads)
                .hasSize(operations().size())
                .allSatisfy(method -> assertThat(documented(method)).isEqualTo(read(method)));
    }

    @Test
    void everyParameterHasATypeAndEverySchemaAName() {
        assertThat(operations())
                .allSatisfy(operation -> assertThat(parameters(operation))
                        .allSatisfy(parameter -> assertThat(
                                        parameter.path("schema").path("type").asText())
                                .isNotEmpty()));
        List<JsonNode> schemas = new ArrayList<>();
        document.path("components").path("schemas").forEach(schemas::add);
        assertThat(schemas)
                .isNotEmpty()
                .allSatisfy(schema -> assertThat(schema.path("required")).isNotEmpty())
                .allSatisfy(schema -> assertThat(schema.path("properties"))
                        .allSatisfy(member -> assertThat(member.has("$ref") || member.has("type"))
                                .isTrue()));
    }

    @Test
    void theYamlIsTheSameToThoseWhoReadTimesAsNumbers() {
        Object yaml = new Yaml().load(get("/v1/openapi/availability.yaml").asString());

        assertThat(JSON.<JsonNode>valueToTree(yaml).path("paths")).isEqualTo(document.path("paths"));
        assertThat(JSON.<JsonNode>valueToTree(yaml).at("/components/schemas/OpenSlot/properties/time/examples/0"))
                .isEqualTo(JSON.valueToTree("19:00"));
    }

    @Test
    void everyExampleFitsItsSchema() {
        for (JsonNode operation : operations()) {
            for (Map.Entry<String, JsonNode> answer :
                    operation.path("responses").properties()) {
                for (JsonNode media : answer.getValue().path("content")) {
                    JsonSchema schema = schema(media.path("schema"));
                    for (JsonNode example : media.path("examples")) {
                        assertThat(schema.validate(resolved(example).path("value")))
                                .as("%s %s", operation.path("operationId"), answer.getKey())
                                .isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void anAnswerFitsItsSchema() throws IOException {
        Response answer = given().get("/v1/availability?date=2099-11-27&time=19:00&partySize=2&city=Nowhere");
        JsonNode search = document.path("paths").path("/v1/availability").path("get");
        JsonNode schema = search.path("responses")
                .path("200")
                .path("content")
                .path("application/json")
                .path("schema");
        assertThat(schema(schema).validate(JSON.readTree(answer.asString()))).isEmpty();
        Response bad = given().get("/v1/availability");
        JsonNode problem = document.path("components")
                .path("responses")
                .path("BadInput")
                .path("content")
                .path("application/problem+json");
        assertThat(schema(problem.path("schema")).validate(JSON.readTree(bad.asString())))
                .isEmpty();
    }

    @Test
    void everyExampleOfAProblemFitsItsSchema() {
        JsonNode responses = document.path("components").path("responses");
        assertThat(responses).isNotEmpty();
        for (JsonNode response : responses) {
            if (!response.has("content")) {
                continue;
            }
            JsonNode media = response.path("content").path("application/problem+json");
            assertThat(media.path("examples")).isNotEmpty();
            for (JsonNode example : media.path("examples")) {
                assertThat(schema(media.path("schema"))
                                .validate(resolved(example).path("value")))
                        .isEmpty();
            }
        }
    }

    private static Set<String> read(Method method) {
        return Stream.of(method.getParameters())
                .<AnnotatedElement>flatMap(given -> given.isAnnotationPresent(BeanParam.class)
                        ? Stream.of(given.getType().getDeclaredFields())
                        : Stream.of(given))
                .flatMap(given -> Stream.of(
                                Optional.ofNullable(given.getAnnotation(PathParam.class))
                                        .map(PathParam::value),
                                Optional.ofNullable(given.getAnnotation(QueryParam.class))
                                        .map(QueryParam::value),
                                Optional.ofNullable(given.getAnnotation(HeaderParam.class))
                                        .map(HeaderParam::value))
                        .flatMap(Optional::stream))
                .collect(Collectors.toSet());
    }

    private Set<String> documented(Method method) {
        Path sub = method.getAnnotation(Path.class);
        String path = method.getDeclaringClass().getAnnotation(Path.class).value() + (sub == null ? "" : sub.value());
        return parameters(document.path("paths").path(path).path("get")).stream()
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toSet());
    }

    private List<JsonNode> parameters(JsonNode operation) {
        List<JsonNode> parameters = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        return parameters;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private List<JsonNode> operations() {
        List<JsonNode> operations = new ArrayList<>();
        for (JsonNode path : document.path("paths")) {
            path.elements().forEachRemaining(operations::add);
        }
        return operations;
    }

    private static List<JsonNode> examples(JsonNode operation, String status) {
        List<JsonNode> examples = new ArrayList<>();
        for (JsonNode media : operation.path("responses").path(status).path("content")) {
            media.path("examples").forEach(examples::add);
        }
        return examples;
    }

    /** The schema with the document's components beside it, so that references resolve. */
    private JsonSchema schema(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }
}
