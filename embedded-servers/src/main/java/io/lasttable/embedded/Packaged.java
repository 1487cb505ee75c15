package io.lasttable.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** The service of the module as it was packaged: the native executable where there is one, otherwise the jar. */
public final class Packaged {

    private static final String OF_TESTS = "%test.";
    private static final int LONGEST_MINUTES = 3;

    private Packaged() {}

    /** What starts it with these settings, and these arguments of its own. */
    public static List<String> command(Map<String, String> settings, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        try (var files = Files.newDirectoryStream(Path.of("target"), "*-runner")) {
            files.forEach(runner -> command.add(runner.toAbsolutePath().toString()));
        }
        boolean executable = !command.isEmpty();
        if (!executable) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        }
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        if (!executable) {
            command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        }
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts it; what it says goes into a file of that name in {@code target}. */
    public static Process start(String log, Map<String, String> settings, String... arguments) throws IOException {
        ProcessBuilder service = new ProcessBuilder(command(settings, arguments))
                .redirectErrorStream(true)
                .redirectOutput(Path.of("target", log + ".log").toFile());
        service.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AWS_")); // whoever runs the test may be known to AWS
        return service.start();
    }

    /** How a one-shot ends that was started as by {@link #start}; one that hangs is ended, and its last words are in the failure. */
    public static int run(String log, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(log, settings, arguments);
        if (process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            return process.exitValue();
        }
        process.destroyForcibly();
        throw new IllegalStateException("It does not end: "
                + Files.readString(Path.of("target", log + ".log")).strip());
    }

    /** On loopback, at free ports of its own. */
    public static Map<String, String> addresses() {
        return Map.of(
                "quarkus.http.host",
                "127.0.0.1",
                "quarkus.http.port",
                String.valueOf(FreePorts.next()),
                "quarkus.management.host",
                "127.0.0.1",
                "quarkus.management.port",
                String.valueOf(FreePorts.next()));
    }

    /** What it answers to a GET of this address; 0 when nobody does. */
    public static int status(URI address) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    /** Where a service at these addresses says whether it is ready. */
    public static URI readiness(Map<String, String> addresses) {
        return URI.create("http://127.0.0.1:" + addresses.get("quarkus.management.port") + "/q/health/ready");
    }

    /** What the service is told in tests, for one that runs as in production. */
    public static Map<String, String> settingsOfTests() {
        Properties written = new Properties();
        try (InputStream file =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("application.properties")) {
            written.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> settings = new HashMap<>();
        written.stringPropertyNames().stream()
                .filter(name -> name.startsWith(OF_TESTS))
                .forEach(name -> settings.put(name.substring(OF_TESTS.length()), written.getProperty(name)));
        String management = String.valueOf(FreePorts.next());
        settings.put("quarkus.management.port", management);
        settings.put("quarkus.management.test-port", management);
        return settings;
    }
}
