package io.lasttable.availability.database;

import static io.lasttable.availability.world.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.embedded.Packaged;
import io.lasttable.embedded.TlsTestResource;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged service, jar or native executable, with servers that speak TLS only as their authority has it. */
class TlsIT {

    private static final String UNKNOWN = "/v1/venues/nobody/days/2099-11-27";

    @Test
    void nothingIsSaidInTheClear() throws Exception {
        TlsTestResource servers = new TlsTestResource();
        servers.init(Map.of("database", "availability", "topics", "lasttable.venues.v1,lasttable.days.v1"));
        Map<String, String> addresses = Packaged.addresses();
        Map<String, String> settings = new HashMap<>(servers.start());
        settings.putAll(addresses);
        Process service = Packaged.start("tls", settings);
        try {
            await().until(() -> Packaged.status(Packaged.readiness(addresses)) == 200);
            URI asked = URI.create("http://127.0.0.1:" + addresses.get("quarkus.http.port") + UNKNOWN);
            assertThat(Packaged.status(asked)).isEqualTo(404);
            assertThat(servers.connections(false)).isZero();
            assertThat(servers.connections(true)).isPositive();
        } finally {
            assertThat(service.destroyForcibly().waitFor()).isNotNegative();
            servers.stop();
        }
    }
}
