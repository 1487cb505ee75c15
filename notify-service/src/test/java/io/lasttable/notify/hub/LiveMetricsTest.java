package io.lasttable.notify.hub;

import static io.lasttable.notify.world.Management.management;
import static io.lasttable.notify.world.RawSocket.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.notify.wire.Loop;
import io.lasttable.notify.world.RawSocket;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveMetricsTest {

    @TestHTTPResource("/v1/live")
    URI live;

    @Inject
    Hub hub;

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

    @Test
    void anEventLoopThatHangsIsNoticed() throws Exception {
        EventLoop loop = new DefaultEventLoop();
        CountDownLatch hangs = new CountDownLatch(1);
        assertThat(hub.of(new Loop(loop)).size()).isZero();
        loop.execute(() -> {
            try {
                hangs.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> hub.hangsFor(Duration.ofSeconds(2)));
        hangs.countDown();
        await().until(() -> !hub.hangsFor(Duration.ofSeconds(2)));
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
