package io.lasttable.booking.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.access.TokenKeys;
import io.lasttable.embedded.Packaged;
import io.lasttable.embedded.TlsTestResource;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one-shots of the packaged service, jar or native executable, and the service after them, with servers that speak TLS only. */
class ProvisionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final TlsTestResource servers = new TlsTestResource();
    private final Map<String, String> settings = new HashMap<>(TokenKeys.settings());

    @BeforeEach
    void start() {
        servers.init(Map.of("database", "booking", "topics", "another"));
        settings.putAll(servers.start());
        settings.put("quarkus.oidc.auth-server-url", "");
        settings.put("lasttable.oidc.audience", "lasttable");
        settings.put("lasttable.watch-token-key", "a-key-for-a-test-only-0123456789abcdef");
    }

    @AfterEach
    void stop() {
        servers.stop();
    }

    @Test
    void aServiceStartsOnWhatHasBeenProvided() throws Exception {
        assertThat(run("provision")).isZero();
        assertThat(run("provision")).as("once more").isZero();
        assertThat(run("republish")).isZero();
        assertThat(run("restored")).isZero();
        assertThat(run("provide")).isEqualTo(2);

        Map<String, String> addresses = Packaged.addresses();
        settings.putAll(addresses);
        Process service = Packaged.start("tls", settings);
        try {
            await().atMost(PATIENCE).until(() -> Packaged.status(Packaged.readiness(addresses)) == 200);
            URI venues = URI.create("http://127.0.0.1:" + addresses.get("quarkus.http.port") + "/v1/venues");
            assertThat(Packaged.status(venues)).isEqualTo(200);
            assertThat(servers.connections(false)).isZero();
            assertThat(servers.connections(true)).isPositive();
        } finally {
            assertThat(service.destroyForcibly().waitFor()).isNotNegative();
        }
    }

    private int run(String mode) throws Exception {
        Map<String, String> once = new HashMap<>(settings);
        once.putAll(Packaged.addresses());
        return Packaged.run(mode, once, mode);
    }
}
