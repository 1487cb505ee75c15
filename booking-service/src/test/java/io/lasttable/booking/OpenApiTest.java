package io.lasttable.booking;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.lasttable.booking.problem.Problem;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.security.TestSecurity;
import io.quarkus.test.security.oidc.Claim;
import io.quarkus.test.security.oidc.OidcSecurity;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The document that the running service gives is complete, true to the resources, and its examples fit its schemas. */
@QuarkusTest
@TestSecurity(user = "owner")
@OidcSecurity(
        claims = {
            @Claim(
                    key = "scope",
                    value =
                            "venues:write reservations:write reservations:read guests:read guests:write webhooks:write"),
            @Claim(key = "venue_ids", value = "*")
        })
class OpenApiTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static JsonNode document;

    @Test
    void everyResourceMethodIsDescribedUnderItsOwnIdAndNothingElseIs() {
        Map<String, String> described = new TreeMap<>();
        operations((name, operation) ->
                described.put(name, operation.path("operationId").asText()));
        assertThat(described).isEqualTo(implemented());
        assertThat(described.values()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void theContractsCallsAreThere() {
        assertThat(implemented())
                .containsKeys(
                        "put /v1/venues/{venueId}",
                        "get /v1/venues",
                        "get /v1/venues/{venueId}",
                        "post /v1/venues/{venueId}/reservations",
                        "post /v1/venues/{venueId}/holds",
                        "post /v1/reservations/{id}/confirm",
                        "get /v1/reservations/{id}",
                        "patch /v1/reservations/{id}",
                        "post /v1/reservations/{id}/cancel",
                        "post /v1/reservations/{id}/seat",
                        "post /v1/reservations/{id}/finish",
                        "post /v1/reservations/{id}/no-show",
                        "get /v1/venues/{venueId}/reservations",
                        "post /v1/venues/{venueId}/waitlist",
                        "get /v1/waitlist/{id}",
                        "delete /v1/waitlist/{id}",
                        "post /v1/waitlist/{id}/accept",
                        "get /v1/venues/{venueId}/changes",
                        "post /v1/guests/erase");
    }

    @Test
    void everyCallSaysWhoMayAndShowsAnExampleOfEachBody() {
        List<String> wrong = new ArrayList<>();
        operations((name, operation) -> {
            check(!operation.path("summary").asText().isBlank(), name + " has no summary", wrong);
            check(operation.path("security").size() > 0, name + " has no security", wrong);
            bodies(operation)
                    .forEach(body -> check(body.path("examples").size() > 0, name + " lacks an example", wrong));
        });
        assertThat(wrong).isEmpty();
        assertThat(document().at("/components/securitySchemes/bearer/scheme").asText())
                .isEqualTo("bearer");
    }

    @Test
    void everyExampleFitsItsSchema() {
        List<String> wrong = new ArrayList<>();
        operations((name, operation) -> bodies(operation).forEach(body -> {
            JsonSchema schema = schema(body.get("schema"));
            body.path("examples")
                    .fields()
                    .forEachRemaining(example -> schema.validate(
                                    resolved(example.getValue()).get("value"))
                            .forEach(error -> wrong.add(name + " " + example.getKey() + " " + error)));
        }));
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyProblemIsShown() {
        List<String> shown = new ArrayList<>();
        document()
                .at("/components/responses")
                .forEach(response -> response.at("/content/application~1problem+json/examples")
                        .forEach(example -> shown.add(example.at("/value/type").asText() + " "
                                + example.at("/value/status").asInt())));
        assertThat(shown)
                .contains(Stream.of(Problem.Type.values())
                        .map(type -> type.uri() + " " + type.status())
                        .toArray(String[]::new));
    }

    /** So that generated code has a class for each, and not one called after the place where it was found. */
    @Test
    void everySchemaHasANameAndAType() {
        List<String> wrong = new ArrayList<>();
        document().at("/components/schemas").fields().forEachRemaining(schema -> {
            check(
                    schema.getValue().has("type") || schema.getValue().has("oneOf"),
                    schema.getKey() + " has no type",
                    wrong);
            members(schema.getValue()).forEach(member -> {
                check(member.has("$ref") || member.has("type"), schema.getKey() + " has a member without type", wrong);
                check(!member.has("properties"), schema.getKey() + " has a member without name", wrong);
            });
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyProblemTypeHasASchemaOfItsOwn() {
        assertThat(Stream.of(Problem.Type.values())
                        .map(Problem.Type::uri)
                        .filter(type -> !document()
                                .at("/components/schemas")
                                .findValuesAsText("const")
                                .contains(type)))
                .isEmpty();
    }

    /** Clients that were generated read an answer by its schema: a problem of another type than the document says is none that they know. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET    | /v1/venues/{venueId}/blocks/{blockId}    | ",
                "DELETE | /v1/venues/{venueId}/blocks/{blockId}    | ",
                "DELETE | /v1/venues/{venueId}/calendar-links/{id} | ",
                "POST   | /v1/guests/profiles/lookup               | {\"venueId\":\"never-there\",\"email\":\"ada@example.com\"}",
                "PUT    | /v1/publishable-keys/{id}                | {\"venueId\":\"never-there\",\"origins\":[\"https://www.example.com\"]}",
                "PUT    | /v1/webhooks/{id}                        | {\"url\":\"https://example.com/\",\"types\":[],\"venues\":[\"never-there\"]}",
            })
    void aVenueThatWasNeverThereIsToldAsTheDocumentSays(String method, String path, String body) {
        String asked = path.replace("{venueId}", "no+venue")
                .replace("{blockId}", "rain")
                .replace("{id}", UUID.randomUUID().toString());
        RequestSpecification request =
                body == null ? given() : BookingWorld.json().body(body);
        isUnknownVenueAsDocumented(request.request(method, asked), method, path);
    }

    @Test
    void whatIsLeftOfAVenueThatIsGoneIsRefusedAsTheDocumentSays() {
        BookingWorld.publish("gone-documented", "T1");
        String table = BookingWorld.booked("gone-documented", "19:00");
        String entry = BookingWorld.post(
                        "/v1/venues/gone-documented/waitlist",
                        "{\"date\":\"%s\",\"from\":\"19:00\",\"to\":\"19:00\",\"partySize\":2,\"guest\":{\"name\":\"Bo\"}}"
                                .formatted(BookingWorld.DATE))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        BookingWorld.post("/v1/reservations/" + table + "/cancel", "").then().statusCode(200);
        given().delete("/v1/venues/gone-documented").then().statusCode(204);

        isUnknownVenueAsDocumented(
                BookingWorld.post("/v1/reservations/" + table + "/restore", ""),
                "POST",
                "/v1/reservations/{id}/restore");
        isUnknownVenueAsDocumented(given().delete("/v1/waitlist/" + entry), "DELETE", "/v1/waitlist/{id}");
        isUnknownVenueAsDocumented(
                BookingWorld.post("/v1/waitlist/" + entry + "/accept", ""), "POST", "/v1/waitlist/{id}/accept");
    }

    private static void isUnknownVenueAsDocumented(Response answer, String method, String path) {
        answer.then().statusCode(404).body("type", equalTo("/problems/unknown-venue"));
        JsonNode told = document().get("paths").get(path).get(method.toLowerCase(Locale.ROOT));
        JsonNode documented =
                resolved(told.get("responses").get("404")).get("content").get("application/problem+json");
        assertThat(schema(documented.get("schema")).validate(answer.asString(), InputFormat.JSON))
                .as(method + " " + path)
                .isEmpty();
    }

    @Test
    void theDocumentIsServedAsItWasWrittenSoThatTimesStayTimes() {
        for (String path : List.of("/q/openapi", "/v1/openapi/booking.yaml")) {
            Object yaml = new Yaml().load(given().get(path).asString());
            JsonNode read = MAPPER.valueToTree(yaml);
            assertThat(read.at("/components/schemas/TimeOfDay/examples/0").asText())
                    .isEqualTo("19:00");
            assertThat(read.at("/components")).isEqualTo(document().at("/components"));
        }
    }

    /** Of an object its members, and what its arrays hold. */
    private static List<JsonNode> members(JsonNode schema) {
        List<JsonNode> members = new ArrayList<>();
        schema.path("properties").forEach(member -> {
            members.add(member);
            if (member.has("items")) {
                members.add(member.get("items"));
            }
        });
        return members;
    }

    private static void check(boolean right, String otherwise, List<String> wrong) {
        if (!right) {
            wrong.add(otherwise);
        }
    }

    /** Read once: each of its references is followed in it. */
    private static JsonNode document() {
        if (document == null) {
            try {
                document = MAPPER.readTree(given().get("/q/openapi?format=json").asString());
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        }
        return document;
    }

    private static void operations(BiConsumer<String, JsonNode> each) {
        document()
                .get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(operation -> {
                    if (!operation.getKey().equals("parameters")) {
                        each.accept(operation.getKey() + " " + path.getKey(), operation.getValue());
                    }
                }));
    }

    /** The media types of the request and of every response. */
    private static List<JsonNode> bodies(JsonNode operation) {
        List<JsonNode> bodies = new ArrayList<>();
        operation.at("/requestBody/content").forEach(bodies::add);
        operation
                .path("responses")
                .forEach(response -> resolved(response).path("content").forEach(bodies::add));
        return bodies;
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document().at(node.get("$ref").asText().substring(1)) : node;
    }

    /** A schema of the document, with the others beside it for its references. */
    private static JsonSchema schema(JsonNode schema) {
        ObjectNode whole = MAPPER.createObjectNode();
        whole.set("components", document().get("components"));
        whole.putArray("allOf").add(schema);
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
    }

    /** Method and path of each resource method, with the operation id that it says itself. */
    private static Map<String, String> implemented() {
        Map<String, String> implemented = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.lasttable.booking")) {
            if (type.isAnnotatedWith(Path.class)) {
                methods(type.reflect(), implemented);
            }
        }
        return implemented;
    }

    private static void methods(Class<?> resource, Map<String, String> implemented) {
        String base = resource.getAnnotation(Path.class).value();
        for (Method method : resource.getDeclaredMethods()) {
            Optional<String> http = Stream.of(method.getAnnotations())
                    .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                    .filter(found -> found != null)
                    .map(found -> found.value().toLowerCase(Locale.ROOT))
                    .findFirst();
            Path path = method.getAnnotation(Path.class);
            http.ifPresent(name -> implemented.put(
                    name + " " + base + (path == null ? "" : "/" + path.value().replaceFirst("^/", "")),
                    method.getAnnotation(Operation.class).operationId()));
        }
    }
}
