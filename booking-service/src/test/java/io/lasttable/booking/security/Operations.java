package io.lasttable.booking.security;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.http.TestHTTPResourceManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operations of the service's own OpenAPI document, which another test holds to the resources. */
final class Operations {

    /**
     * One of them.
     *
     * @param isPublic whether it may be called without a token
     * @param scope that a token needs, empty when none is needed; of several with spaces between them
     * @param body an example of what it takes, empty when it takes nothing
     */
    record Operation(
            String method,
            String path,
            boolean isPublic,
            String scope,
            List<String> queries,
            String mediaType,
            String body) {

        /** Its path with these values for its parameters. */
        String path(Map<String, String> values) {
            String filled = path;
            for (var value : values.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", value.getValue());
            }
            return filled;
        }

        boolean isOfAVenue() {
            return path.contains("{venueId}");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private final JsonNode document;

    private Operations(JsonNode document) {
        this.document = document;
    }

    static List<Operation> all() {
        try {
            URI openApi = URI.create(TestHTTPResourceManager.getUri()).resolve("/q/openapi?format=json");
            return new Operations(new ObjectMapper().readTree(openApi.toURL())).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Operation> read() {
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fields().forEachRemaining(each -> {
                    if (!each.getKey().equals("parameters")) {
                        operations.add(
                                operation(each.getKey().toUpperCase(Locale.ROOT), path.getKey(), each.getValue()));
                    }
                }));
        return operations;
    }

    private Operation operation(String method, String path, JsonNode found) {
        boolean isPublic = false;
        String scope = "";
        for (JsonNode way : found.path("security")) {
            isPublic |= way.isEmpty();
            if (way.has("bearer")) {
                List<String> scopes = new ArrayList<>();
                way.get("bearer").forEach(each -> scopes.add(each.asText()));
                scope = String.join(" ", scopes);
            }
        }
        List<String> queries = new ArrayList<>();
        found.path("parameters").forEach(parameter -> {
            JsonNode resolved = resolved(parameter);
            if (resolved.path("in").asText().equals("query")) {
                queries.add(resolved.path("name").asText());
            }
        });
        var content = resolved(found.path("requestBody")).path("content").fields();
        if (!content.hasNext()) {
            return new Operation(method, path, isPublic, scope, queries, "application/json", "");
        }
        var first = content.next();
        return new Operation(method, path, isPublic, scope, queries, first.getKey(), example(first.getValue()));
    }

    private static String example(JsonNode media) {
        JsonNode value = media.has("example")
                ? media.get("example")
                : media.path("examples").elements().next().path("value");
        return value.isTextual() ? value.asText() : value.toString();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }
}
