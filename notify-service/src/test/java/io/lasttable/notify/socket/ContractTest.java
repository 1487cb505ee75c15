package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.lasttable.notify.wire.CloseCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The example frames fit the AsyncAPI document, every message has one, and parser and code say what the document says. */
class ContractTest {

    private static final Path CONTRACT = Path.of("contract");
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectNode DOCUMENT = document();

    static Stream<String> examples() throws IOException {
        try (var files = Files.list(CONTRACT.resolve("frames"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void eachExampleFitsItsMessage(String example) throws IOException {
        JsonNode frame = JSON.readTree(read(example));
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$ref", "#/components/messages/" + frame.get("op").asText() + "/payload");
        schema.set("components", DOCUMENT.get("components"));
        var errors = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(frame);
        assertThat(errors).isEmpty();
    }

    @Test
    void eachMessageHasAnExample() throws IOException {
        Set<String> shown = new HashSet<>();
        for (String example : examples().toList()) {
            shown.add(JSON.readTree(read(example)).get("op").asText());
        }
        Set<String> described = new HashSet<>();
        DOCUMENT.at("/components/messages").fieldNames().forEachRemaining(described::add);
        assertThat(shown).isEqualTo(described);
    }

    @Test
    void theParserTakesWhatAClientMaySend() throws IOException {
        assertThat(ClientFrames.parse(read("client-watch")))
                .isInstanceOfSatisfying(
                        ClientFrame.Watch.class,
                        watch -> assertThat(watch.version()).isZero());
        assertThat(ClientFrames.parse(read("client-watch-resuming")))
                .isInstanceOfSatisfying(ClientFrame.Watch.class, watch -> {
                    assertThat(watch.version()).isEqualTo(17);
                    assertThat(watch.confirm()).isTrue();
                });
        assertThat(ClientFrames.parse(read("client-unwatch"))).isEqualTo(new ClientFrame.Unwatch("a"));
        assertThat(ClientFrames.parse(read("client-watch-venue")))
                .isEqualTo(new ClientFrame.WatchVenue("v", "chez-nous"));
        assertThat(ClientFrames.parse(read("client-watch-reservation")))
                .isInstanceOf(ClientFrame.WatchReservation.class);
    }

    @Test
    void theParserTakesNothingThatOnlyTheServerSends() throws IOException {
        List<String> ofTheServer =
                examples().filter(name -> name.startsWith("server-")).toList();
        assertThat(ofTheServer).hasSizeGreaterThan(5);
        for (String example : ofTheServer) {
            assertThat(ClientFrames.parse(read(example))).as(example).isInstanceOf(ClientFrame.Bad.class);
        }
    }

    @Test
    void theDocumentNamesTheErrorCodesThatTheCodeSends() throws IOException {
        Set<String> described = new TreeSet<>();
        DOCUMENT.at("/components/messages/error/payload/properties/code/enum")
                .forEach(code -> described.add(code.asText()));
        String code = sources();
        assertThat(described).allSatisfy(name -> assertThat(code).contains("\"" + name + "\""));
        Set<String> sent = Pattern.compile("\"((?:unknown|token|not|missed|duplicate|too)-[a-z-]+)\"")
                .matcher(code)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(described).containsAll(sent);
    }

    @Test
    void theDocumentNamesTheCloseCodesThatTheServerSends() {
        String description = DOCUMENT.at("/info/description").asText();
        for (CloseCode code : CloseCode.values()) {
            assertThat(description).contains("| " + code.code() + " |");
        }
    }

    private static String sources() throws IOException {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .collect(Collectors.joining());
        }
    }

    private static ObjectNode document() {
        try {
            return (ObjectNode)
                    new ObjectMapper(new YAMLFactory()).readTree(Files.readString(CONTRACT.resolve("asyncapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String example) throws IOException {
        return Files.readString(CONTRACT.resolve("frames/" + example + ".json"));
    }
}
