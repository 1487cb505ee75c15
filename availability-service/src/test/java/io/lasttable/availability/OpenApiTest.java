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
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
    void everyOperationHasAnIdASummaryAndAnExampleOfItsAnswer() {
        List<JsonNode> operations = operations();
        assertThat(operations).hasSize(4).allSatisfy(operation -> {
            assertThat(operation.path("operationId").asText()).isNotEmpty();
            assertThat(operation.path("summary").asText()).isNotEmpty();
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
    void everyExampleFitsItsSchema() {
        for (JsonNode operation : operations()) {
            for (Map.Entry<String, JsonNode> answer :
                    operation.path("responses").properties()) {
                for (JsonNode media : answer.getValue().path("content")) {
                    JsonSchema schema = schema(media.path("schema"));
                    for (JsonNode example : media.path("examples")) {
                        assertThat(schema.validate(example.path("value")))
                                .as("%s %s", operation.path("operationId"), answer.getKey())
                                .isEmpty();
                    }
                }
            }
        }
    }

    @Test
    void anAnswerFitsItsSchema() throws IOException {
        Response answer = given().get("/v1/availability?date=2027-11-27&time=19:00&partySize=2&city=Nowhere");
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
            JsonNode media = response.path("content").path("application/problem+json");
            assertThat(media.path("examples")).isNotEmpty();
            for (JsonNode example : media.path("examples")) {
                assertThat(schema(media.path("schema")).validate(example.path("value")))
                        .isEmpty();
            }
        }
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
