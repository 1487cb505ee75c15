package io.lasttable.notify.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example frames fit the AsyncAPI document, and the parser takes what a client may send. */
class ContractTest {

    private static final Path CONTRACT = Path.of("contract");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "client-watch",
                "client-watch-resuming",
                "client-unwatch",
                "server-hello",
                "server-day",
                "server-change",
                "server-current",
                "server-error"
            })
    void eachExampleFitsItsMessage(String example) throws IOException {
        JsonNode frame = JSON.readTree(read(example));
        ObjectNode document = (ObjectNode)
                new ObjectMapper(new YAMLFactory()).readTree(Files.readString(CONTRACT.resolve("asyncapi.yaml")));
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", "#/components/messages/" + frame.get("op").asText() + "/payload");
        schema.set("components", document.get("components"));
        var errors = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(frame);
        assertThat(errors).isEmpty();
    }

    @Test
    void theParserTakesWhatAClientMaySend() throws IOException {
        assertThat(ClientFrame.parse(read("client-watch")))
                .isInstanceOfSatisfying(
                        ClientFrame.Watch.class,
                        watch -> assertThat(watch.version()).isZero());
        assertThat(ClientFrame.parse(read("client-watch-resuming")))
                .isInstanceOfSatisfying(ClientFrame.Watch.class, watch -> {
                    assertThat(watch.version()).isEqualTo(17);
                    assertThat(watch.confirm()).isTrue();
                });
        assertThat(ClientFrame.parse(read("client-unwatch"))).isEqualTo(new ClientFrame.Unwatch("a"));
        assertThat(ClientFrame.parse(read("server-day"))).isInstanceOf(ClientFrame.Bad.class);
    }

    private static String read(String example) throws IOException {
        return Files.readString(CONTRACT.resolve("frames/" + example + ".json"));
    }
}
