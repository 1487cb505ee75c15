package io.lasttable.notify.drain;

import static io.lasttable.notify.world.RawSocket.CLOSE;
import static io.lasttable.notify.world.RawSocket.PING;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.notify.hub.Hub;
import io.lasttable.notify.world.LiveClient;
import io.lasttable.notify.world.Management;
import io.lasttable.notify.world.RawSocket;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Who is let in, and how all are sent away. */
@QuarkusTest
@TestProfile(AdmissionAndDrainTest.Narrow.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AdmissionAndDrainTest {

    /** Room for six, two from one address; pages of one origin; away within a second. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.ofEntries(
                    entry("quarkus.http.idle-timeout", "3S"),
                    entry("lasttable.limits.connections", "6"),
                    entry("lasttable.limits.connections-per-address", "2"),
                    entry("lasttable.limits.origins", "https://www.example.com"),
                    entry("lasttable.limits.mistakes-per-minute", "5"),
                    entry("lasttable.limits.watches", "2"),
                    entry("lasttable.live.ping-interval", "PT2S"),
                    entry("lasttable.live.silence", "PT6S"),
                    entry("lasttable.drain.notice", "PT0S"),
                    entry("lasttable.drain.grace", "PT1S"),
                    entry("lasttable.drain.reconnect-within", "PT2S"));
        }
    }

    @TestHTTPResource("/v1/live")
    URI live;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Inject
    Drain drain;

    @Inject
    Hub hub;

    private final List<RawSocket> open = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (RawSocket socket : open) {
            socket.close();
        }
        await().until(() -> hub.connections() == 0);
    }

    @BeforeEach
    void ready() {
        Management.awaitReady();
    }

    private String connect(String headers) throws IOException {
        RawSocket socket = new RawSocket(live);
        open.add(socket);
        return socket.upgrade("GET /v1/live HTTP/1.1", headers);
    }

    private String connectFrom(String address) throws IOException {
        return connect("X-Forwarded-For: 198.51.100.7, " + address + "\r\n");
    }

    private void connected(int count) {
        await().until(() -> hub.connections() == count);
    }

    @Test
    @Order(0)
    void aPeerThatAnswersNoPingIsTakenForDead() throws Exception {
        RawSocket dead = RawSocket.open(live);
        open.add(dead);
        try (LiveClient alive = new LiveClient(live)) {
            alive.watch("a", "known-1");
            assertThat(dead.next(PING).payload()).isEmpty();
            assertThat(dead.next(CLOSE).closeCode()).isEqualTo(4408);
            alive.send("{'op':'unwatch','ref':'a'}").watch("b", "known-1");
            assertThat(alive.frame("b", f -> f.path("ref").asText().equals("b")).isObject())
                    .isTrue();
        }
    }

    @Test
    @Order(1)
    void aHandshakeThatIsNeverCompletedIsCut() throws Exception {
        try (Socket half = new Socket(live.getHost(), live.getPort())) {
            half.setSoTimeout(60_000);
            half.getOutputStream().write("GET /v1/live HTTP/1.1\r\nHost: x\r\n".getBytes(US_ASCII));
            assertThat(half.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    @Order(1)
    void anAddressHasItsShareAndNoMore() throws IOException {
        assertThat(connectFrom("192.0.2.1")).startsWith("HTTP/1.1 101");
        assertThat(connectFrom("192.0.2.1")).startsWith("HTTP/1.1 101");
        connected(2);
        assertThat(connectFrom("192.0.2.1")).startsWith("HTTP/1.1 429").containsIgnoringCase("Retry-After: ");
        assertThat(connectFrom("192.0.2.2")).startsWith("HTTP/1.1 101");
    }

    @Test
    @Order(2)
    void oneNetworkOfAHouseholdIsOneAddress() throws IOException {
        assertThat(connectFrom("2001:db8:1:2::1")).startsWith("HTTP/1.1 101");
        assertThat(connectFrom("2001:db8:1:2:ffff::9")).startsWith("HTTP/1.1 101");
        connected(2);
        assertThat(connectFrom("2001:db8:1:2:3:4:5:6")).startsWith("HTTP/1.1 429");
        assertThat(connectFrom("2001:db8:1:3::1")).startsWith("HTTP/1.1 101");
    }

    @Test
    @Order(3)
    void aClosedConnectionMakesRoom() throws IOException {
        assertThat(connectFrom("192.0.2.3")).startsWith("HTTP/1.1 101");
        assertThat(connectFrom("192.0.2.3")).startsWith("HTTP/1.1 101");
        connected(2);
        open.get(0).close();
        connected(1);
        assertThat(connectFrom("192.0.2.3")).startsWith("HTTP/1.1 101");
    }

    @Test
    @Order(4)
    void pagesOfOtherOriginsMayNotConnect() throws IOException {
        assertThat(connect("Origin: https://evil.example\r\n")).startsWith("HTTP/1.1 403");
        assertThat(connect("Origin: https://www.example.com.evil.example\r\n")).startsWith("HTTP/1.1 403");
        assertThat(connect("Origin: https://www.example.com\r\n")).startsWith("HTTP/1.1 101");
    }

    @Test
    @Order(5)
    void aFullReplicaSaysWhenToComeBack() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertThat(connectFrom("203.0.113." + i)).startsWith("HTTP/1.1 101");
        }
        connected(6);
        assertThat(connectFrom("203.0.113.99")).startsWith("HTTP/1.1 503").containsIgnoringCase("Retry-After: ");
        HttpResponse<String> stream = HttpClient.newHttpClient().send(stream(), HttpResponse.BodyHandlers.ofString());
        assertThat(stream.statusCode()).isEqualTo(503);
        assertThat(stream.headers().firstValue("Retry-After")).isPresent();
        assertThat(stream.body()).contains("/problems/overloaded");
    }

    @Test
    @Order(6)
    void aConnectionHasItsNumberOfWatches() throws Exception {
        try (LiveClient client = new LiveClient(live)) {
            client.watch("a", "known-1").watch("b", "known-2").watch("c", "known-3");
            assertThat(client.error("too-many-watches").get("ref").asText()).isEqualTo("c");
            client.send("{'op':'unwatch','ref':'a'}").watch("d", "known-3");
            assertThat(client.frame("d", f -> f.path("ref").asText().equals("d"))
                            .get("op")
                            .asText())
                    .isEqualTo("day");
        }
    }

    @Test
    @Order(6)
    void whoAsksForWhatDoesNotExistIsSoonRefusedUnread() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(request("GET /nothing-" + i + " HTTP/1.1", "203.0.113.50"))
                    .startsWith("HTTP/1.1 404");
        }
        assertThat(request("GET /nothing HTTP/1.1", "203.0.113.50"))
                .startsWith("HTTP/1.1 429")
                .containsIgnoringCase("Retry-After: ");
        assertThat(request("GET /nothing HTTP/1.1", "203.0.113.51")).startsWith("HTTP/1.1 404");
    }

    @Test
    @Order(6)
    void whoSendsTokensThatProveNothingIsSoonRefusedUnread() throws Exception {
        String bad = "X-Forwarded-For: 203.0.113.60\r\nAuthorization: Bearer x\r\n";
        for (int i = 0; i < 5; i++) {
            assertThat(connect(bad)).startsWith("HTTP/1.1 101");
            assertThat(open.get(i).next(CLOSE).closeCode()).isEqualTo(4401);
            open.get(i).close();
            connected(0);
        }
        assertThat(connect(bad)).startsWith("HTTP/1.1 429");
        assertThat(connectFrom("203.0.113.61")).startsWith("HTTP/1.1 101");
    }

    private String request(String line, String address) throws IOException {
        RawSocket socket = new RawSocket(live);
        open.add(socket);
        return socket.upgrade(line, "X-Forwarded-For: " + address + "\r\n");
    }

    @Test
    @Order(7)
    void aReplicaThatGoesAwaySendsEverybodyElsewhere() throws Exception {
        RawSocket socket = RawSocket.open(live);
        open.add(socket);
        socket.text("{'op':'watch','ref':'a','venueId':'known-1','date':'2026-11-28'}");
        assertThat(socket.nextText("\"day\"")).contains("\"version\":18");
        CompletableFuture<HttpResponse<String>> streaming =
                HttpClient.newHttpClient().sendAsync(stream(), HttpResponse.BodyHandlers.ofString());
        connected(2);

        CompletableFuture<Void> drained = CompletableFuture.runAsync(drain::drain);

        assertThat(socket.nextText("bye")).matches("\\{\"op\":\"bye\",\"reconnectAfterMs\":\\d{1,4}}");
        socket.text("{'op':'watch','ref':'b','venueId':'known-2','date':'2026-11-28'}");
        assertThat(socket.nextText("\"ref\":\"b\""))
                .as("served until it has gone")
                .contains("\"version\":18");
        assertThat(socket.next(CLOSE).closeCode()).isEqualTo(1012);
        drained.join();
        assertThat(streaming.get().body()).contains("event: bye").containsPattern("retry: \\d{1,4}\n");
        assertThat(connect("")).startsWith("HTTP/1.1 503").containsIgnoringCase("Retry-After: ");
        var health = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(ready).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(health.statusCode()).isEqualTo(503);
    }

    private HttpRequest stream() {
        return HttpRequest.newBuilder(URI.create(live + "/venues/known-1/days/2026-11-28"))
                .header("X-Forwarded-For", "203.0.113.200")
                .build();
    }
}
