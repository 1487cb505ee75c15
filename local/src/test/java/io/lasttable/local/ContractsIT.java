package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What common tools make of the documents, as they are served at the public entry: clients in TypeScript and Java are generated,
 * compiled, and book. The programs are those of {@code src/test/contracts}; the generators for Java are fetched by the build.
 */
class ContractsIT {

    private static final Path ROOT =
            Path.of(System.getProperty("local.root", "..")).toAbsolutePath().normalize();
    private static final Path TOOLS = ROOT.resolve("local/src/test/contracts");
    private static final Path GENERATED = TOOLS.resolve("generated");
    private static final Path GENERATOR = ROOT.resolve("local/target/openapi-generator-cli.jar");
    private static final List<String> SERVICES = List.of("booking", "availability", "live");
    private static final String DATE = LocalDate.now().plusDays(3).toString();
    private static Api api;

    @BeforeAll
    static void fetchDocuments() throws Exception {
        Commands.need(Commands.hasNode() && Files.isDirectory(TOOLS.resolve("node_modules")), "npm ci in " + TOOLS);
        Platform platform = RunningPlatform.get();
        assertThat(platform).isNotNull();
        api = new Api(RunningPlatform.url());
        Path folder = Files.createDirectories(GENERATED);
        for (String service : SERVICES) {
            Path file = Files.writeString(document(service), api.get("/v1/openapi/" + service + ".yaml"));
            assertThat(file.getParent()).isEqualTo(folder);
        }
    }

    @Test
    void redoclyFindsNothing() throws Exception {
        for (String service : SERVICES) {
            String said =
                    node("@redocly/cli/bin/cli.js", "lint", document(service).toString(), "--extends=recommended");
            assertThat(said).contains("Your API description is valid.").doesNotContain("You have");
        }
    }

    @Test
    void spectralFindsNothingThatIsNotArgued() throws Exception {
        for (Path document : List.of(
                document("booking"),
                document("availability"),
                document("live"),
                ROOT.resolve("booking-service/contract/asyncapi.yaml"),
                ROOT.resolve("notify-service/contract/asyncapi.yaml"))) {
            assertThat(node(
                            "@stoplight/spectral-cli/dist/index.js",
                            "lint",
                            document.toString(),
                            "--ruleset=spectral.yaml",
                            "--fail-severity=hint"))
                    .contains("No results");
        }
    }

    @Test
    void aClientWithTypesFromTheDocumentsBooks() throws Exception {
        for (String service : List.of("booking", "availability")) {
            String types = GENERATED.resolve(service + ".ts").toString();
            assertThat(node("openapi-typescript/bin/cli.js", document(service).toString(), "-o", types))
                    .contains(service);
        }
        String compiled = node("typescript/bin/tsc", "-p", ".");
        assertThat(compiled).isEmpty();
        assertThat(books("typed", "node", "generated/js/afternoon.js")).contains("booked");
    }

    @Test
    void everyEventHasAName() throws Exception {
        assertThat(Commands.succeeds(
                        TOOLS,
                        "node",
                        "events.mjs",
                        ROOT.resolve("booking-service/contract/asyncapi.yaml").toString(),
                        ROOT.resolve("notify-service/contract/asyncapi.yaml").toString()))
                .contains("named");
    }

    @Test
    void aGeneratedJavaClientBooks() throws Exception {
        generate("java", "--library=native", "--additional-properties=openApiNullable=false,useJakartaEe=true");
        Path sources = GENERATED.resolve("java/src/main/java");
        String classes =
                Files.createDirectories(GENERATED.resolve("java/classes")).toString();
        Path arguments = GENERATED.resolve("java/sources.txt");
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> names = files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .toList();
            Path written = Files.write(arguments, names);
            assertThat(written).isNotEmptyFile();
        }
        String home = Path.of(System.getProperty("java.home"), "bin").toString();
        String path = System.getProperty("java.class.path");
        String compiled = Commands.succeeds(
                TOOLS,
                home + "/javac",
                "-nowarn",
                "-proc:none",
                "-d",
                classes,
                "-cp",
                path,
                "@" + arguments,
                "Afternoon.java");
        assertThat(compiled).doesNotContain("error:");
        String running = classes + System.getProperty("path.separator") + path;
        assertThat(books("javaclient", home + "/java", "-cp", running, "Afternoon"))
                .contains("booked");
    }

    @Test
    void aGeneratedTypeScriptClientBooks() throws Exception {
        generate("typescript-fetch", "--additional-properties=importFileExtension=.js");
        Path client = GENERATED.resolve("typescript-fetch");
        String compiled = node(
                "typescript/bin/tsc",
                "--strict",
                "--types",
                "node",
                "--skipLibCheck",
                "--target",
                "es2022",
                "--module",
                "nodenext",
                "--outDir",
                client.resolve("js").toString(),
                client.resolve("index.ts").toString(),
                "fetch-client.ts");
        assertThat(compiled).isEmpty();
        assertThat(books("fetchclient", "node", "generated/typescript-fetch/js/fetch-client.js"))
                .contains("booked");
    }

    private static void generate(String generator, String... options) throws Exception {
        Commands.need(Files.isRegularFile(GENERATOR), "openapi-generator at " + GENERATOR);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = Stream.concat(
                        Stream.of(
                                java,
                                "-jar",
                                GENERATOR.toString(),
                                "generate",
                                "-g",
                                generator,
                                "-i",
                                document("booking").toString(),
                                "-o",
                                GENERATED.resolve(generator).toString()),
                        Stream.of(options))
                .toList();
        assertThat(Commands.succeeds(TOOLS, command.toArray(String[]::new))).doesNotContain("ERROR");
    }

    /** At a venue of its own, with one table. */
    private static String books(String venue, String... command) throws Exception {
        api.publish(venue, DATE);
        return Commands.succeeds(
                TOOLS,
                Stream.concat(Stream.of(command), Stream.of(RunningPlatform.url(), api.token(), venue, DATE))
                        .toArray(String[]::new));
    }

    private static String node(String script, String... arguments) throws Exception {
        return Commands.succeeds(
                TOOLS,
                Stream.concat(Stream.of("node", "node_modules/" + script), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Path document(String service) {
        return GENERATED.resolve(service + ".yaml");
    }
}
