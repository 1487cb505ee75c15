package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;

/**
 * A real Keycloak with the realm that the chart's demo has: {@code -Dlocal.keycloak=<org.keycloak:keycloak-quarkus-dist as zip>}. Off where
 * that is not given, since it is large and starts for half a minute.
 */
final class Keycloak implements AutoCloseable {

    static final String PASSWORD = "host-password";

    private static final String SECRET = "demo-secret";
    private static final String PUBLIC = "http://tables.example.com";
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final String realm;

    private Keycloak(Process process, String realm) {
        this.process = process;
        this.realm = realm;
    }

    /**
     * @param root the checkout
     * @param pages the address that browsers reach the pages at
     */
    static Keycloak start(Path root, int port, String pages) throws IOException {
        String zip = System.getProperty("local.keycloak", "");
        Assumptions.assumeTrue(!zip.isBlank(), "SKIPPED: no -Dlocal.keycloak=<zip>, nobody signed in at a Keycloak");
        Path home = unpacked(Path.of(zip), root.resolve("local/target/keycloak"));
        String demo = Files.readString(root.resolve("helm/src/test/resources/demo-realm.json"));
        Path realm = Files.createDirectories(home.resolve("data/import")).resolve("realm.json");
        assertThat(Files.writeString(realm, demo.replace(PUBLIC, pages))).exists();
        String address = "http://127.0.0.1:" + port;
        ProcessBuilder command = new ProcessBuilder(
                        "/bin/bash",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--hostname=" + address)
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("local/target/keycloak.log").toFile());
        Keycloak keycloak = new Keycloak(command.start(), address + "/realms/lasttable");
        await().atMost(START_LIMIT)
                .ignoreExceptionsInstanceOf(ConnectException.class)
                .until(() -> keycloak.answers() == 200);
        return keycloak;
    }

    /** The one folder that is in it. */
    private static Path unpacked(Path zip, Path to) throws IOException {
        Path home = to;
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry each = entries.getNextEntry(); each != null; each = entries.getNextEntry()) {
                Path path = to.resolve(each.getName()).normalize();
                assertThat(path.startsWith(to)).as("%s", path).isTrue();
                if (!each.isDirectory() && !Files.exists(path)) {
                    Files.createDirectories(path.getParent());
                    assertThat(Files.copy(entries, path)).isNotNegative();
                }
                home = to.resolve(to.relativize(path).getName(0));
            }
        }
        return home;
    }

    private int answers() throws IOException, InterruptedException {
        assertThat(process.isAlive()).as("see local/target/keycloak.log").isTrue();
        HttpRequest discovery = HttpRequest.newBuilder(URI.create(realm + "/.well-known/openid-configuration"))
                .build();
        return HTTP.send(discovery, BodyHandlers.discarding()).statusCode();
    }

    String issuer() {
        return realm;
    }

    /** Of the demo's client that is a program. */
    String token() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=demo&client_secret=" + SECRET))
                .build();
        return new JsonObject(HTTP.send(request, BodyHandlers.ofString()).body()).getString("access_token");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
