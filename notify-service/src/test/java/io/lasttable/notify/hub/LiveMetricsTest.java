package io.lasttable.notify.hub;

import static io.lasttable.notify.world.Management.management;
import static io.lasttable.notify.world.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.KafkaTestResource;
import io.lasttable.notify.world.Neighbours;
import io.lasttable.notify.world.RawSocket;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs = @ResourceArg(name = "topics", value = "lasttable.days.v1,lasttable.reservations.v1"))
@QuarkusTestResource(Neighbours.class)
class LiveMetricsTest {

    @TestHTTPResource("/v1/live")
    URI live;

    @Test
    void countsConnectionsAndKeepsNoTimerForEach() throws Exception {
        await().atMost(Duration.ofSeconds(30)).until(() -> metrics().contains("lasttable_live_connections 0.0"));
        try (RawSocket socket = RawSocket.open(live)) {
            assertThat(socket.next(TEXT).text()).contains("\"op\":\"hello\"");
            assertThat(metrics())
                    .contains("lasttable_live_connections 1.0")
                    .noneMatch(line -> line.startsWith("http_server_connections_"))
                    .noneMatch(line -> line.startsWith("http_server_websocket_connections_"));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> metrics().contains("lasttable_live_connections 0.0"));
    }

    @Test
    void countsUpgradesByTheirAnswer() throws Exception {
        try (RawSocket socket = RawSocket.open(live)) {
            assertThat(socket.next(TEXT).text()).contains("\"op\":\"hello\"");
            assertThat(metrics())
                    .anyMatch(line -> line.startsWith("http_server_requests_seconds_count")
                            && line.contains("status=\"101\"")
                            && line.contains("uri=\"/v1/live\""));
        }
    }

    private static List<String> metrics() {
        return management("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }
}
