package io.lasttable.booking.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.lasttable.booking.day.ReservationChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's files agree with each other; that real messages agree with them is tested where they are read. */
class ContractTest {

    private static final Path CONTRACT = Path.of("contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "day-updated, day, lasttable.days.v1",
        "venue-published, venue, lasttable.venues.v1",
        "reservation-confirmed, reservation, lasttable.reservations.v1",
        "reservation-changed, reservation, lasttable.reservations.v1",
        "waitlist-offered, waitlist, lasttable.reservations.v1",
        "watermark, watermark, lasttable.watermarks.v1"
    })
    void eachExampleFitsItsSchema(String example, String schema, String topic) throws IOException {
        JsonNode record = JSON.readTree(Files.readString(CONTRACT.resolve("examples/" + example + ".json")));
        assertThat(record.get("topic").asText()).isEqualTo(topic);
        assertThat(schema(schema).validate(record.get("value"))).isEmpty();
    }

    @Test
    void personalDataIsRefusedBySchema() throws IOException {
        JsonNode record = JSON.readTree(Files.readString(CONTRACT.resolve("examples/reservation-confirmed.json")));
        var value = (com.fasterxml.jackson.databind.node.ObjectNode) record.get("value");
        value.putObject("guest").put("name", "Ada");
        assertThat(schema("reservation").validate(value)).isNotEmpty();
    }

    @Test
    void theAsyncApiDocumentNamesTheTopicsAndPointsToSchemasThatExist() throws IOException {
        JsonNode document =
                new ObjectMapper(new YAMLFactory()).readTree(Files.readString(CONTRACT.resolve("asyncapi.yaml")));
        assertThat(document.get("asyncapi").asText()).isEqualTo("3.0.0");
        assertThat(document.get("channels"))
                .extracting(channel -> channel.get("address").asText("a URL"))
                .containsExactly(
                        "lasttable.venues.v1",
                        "lasttable.days.v1",
                        "lasttable.reservations.v1",
                        "lasttable.watermarks.v1",
                        "a URL");
        for (JsonNode message : document.at("/components/messages")) {
            if (message.at("/payload/type").asText().equals("null")) {
                continue;
            }
            assertThat(CONTRACT.resolve(message.at("/payload/$ref").asText())).exists();
        }
    }

    /** So that a reader can tell by the document what comes under which type. */
    @Test
    void everyTypeOfEventHasAMessageOfItsOwn() throws IOException {
        JsonNode document =
                new ObjectMapper(new YAMLFactory()).readTree(Files.readString(CONTRACT.resolve("asyncapi.yaml")));
        List<String> types = new ArrayList<>();
        document.at("/components/messages")
                .forEach(message -> types.add(
                        message.at("/headers/properties/ce_type/const").asText()));
        assertThat(types)
                .contains(Stream.of(ReservationChange.Kind.values())
                        .map(kind -> "io.lasttable.reservation." + kind.label())
                        .toArray(String[]::new));
        JsonNode openApi = new ObjectMapper(new YAMLFactory())
                .readTree(Files.readString(Path.of("src/main/resources/META-INF/openapi.yaml")));
        openApi.at("/components/schemas/EventType/enum").forEach(type -> {
            if (!type.asText().startsWith("io.lasttable.webhook.")) {
                assertThat(types).contains(type.asText());
            }
        });
    }

    /** Generators call what has no name after the place where they found it. */
    @ParameterizedTest
    @ValueSource(strings = {"day", "venue", "reservation", "waitlist", "watermark", "webhook"})
    void everyObjectOfASchemaHasAName(String schema) throws IOException {
        JsonNode file = JSON.readTree(Files.readString(CONTRACT.resolve("schemas/" + schema + ".v1.schema.json")));
        assertThat(objects(file))
                .allSatisfy(object -> assertThat(object.has("x-parser-schema-id"))
                        .as(object.toString())
                        .isTrue());
    }

    private static List<JsonNode> objects(JsonNode schema) {
        List<JsonNode> objects = new ArrayList<>();
        if (schema.path("type").asText().equals("object") || schema.has("enum")) {
            objects.add(schema);
        }
        schema.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }

    private static JsonSchema schema(String name) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(CONTRACT.resolve("schemas/" + name + ".v1.schema.json")));
    }
}
