package io.lasttable.local.balancer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadBalancerTest {

    private final Vertx vertx = Vertx.vertx();
    private int port;
    private TargetGroup live;
    private LoadBalancer balancer;

    @BeforeEach
    void start() throws Exception {
        TargetGroup booking = new TargetGroup("booking").register(target("booking"));
        live = new TargetGroup("notify").register(target("notify-1")).register(target("notify-2"));
        port = FreePorts.next(); // not before the targets have taken theirs
        balancer = done(LoadBalancer.start(
                vertx,
                new LoadBalancerSettings(port, Duration.ofSeconds(60), Duration.ofMillis(50)),
                Routes.ofPlatform(booking, new TargetGroup("availability"), live),
                LoadBalancer::noRoute));
        await().until(() -> get("/v1/venues").statusCode() == 200);
    }

    @AfterEach
    void stop() throws Exception {
        Void balancerClosed = done(balancer.close());
        Void allClosed = done(vertx.close());
        assertThat(balancerClosed).isEqualTo(allClosed);
    }

    @Test
    void pathsGoToTheirServiceAndTheRestToNone() throws Exception {
        assertThat(get("/v1/venues/a/reservations").body()).isEqualTo("booking");
        assertThat(get("/v1/live/client.js").body()).startsWith("notify-");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void aGroupWithoutAHealthyTargetAnswers503() throws Exception {
        assertThat(get("/v1/venues/a/availability").statusCode()).isEqualTo(503);
    }

    /** Read as it comes: JDK's client knows that a 304 has no body, others wait for the chunks that it announces. */
    @Test
    void anAnswerWithoutBodyAnnouncesNone() throws Exception {
        for (String path : List.of("/v1/unchanged", "/v1/nothing-to-say")) {
            try (Socket client = new Socket("127.0.0.1", port)) {
                client.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                                .getBytes(US_ASCII));
                String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
                assertThat(answer)
                        .startsWith(path.endsWith("unchanged") ? "HTTP/1.1 304" : "HTTP/1.1 204")
                        .containsIgnoringCase("etag: \"1\"")
                        .doesNotContainIgnoringCase("transfer-encoding")
                        .endsWith("\r\n\r\n");
            }
        }
    }

    @Test
    void replicasTakeTurns() {
        await().untilAsserted(() -> {
            Set<String> served = new TreeSet<>();
            for (int i = 0; i < 4; i++) {
                served.add(get("/v1/live/client.js").body());
            }
            assertThat(served).containsExactly("notify-1", "notify-2");
        });
    }

    @Test
    void aDrainedTargetGetsNothingNew() throws Exception {
        Target first = live.targets().get(0);
        Void out = done(balancer.deregister(live, first, Duration.ofSeconds(5)));
        assertThat(out).isNull();
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            served.add(get("/v1/live/client.js").body());
        }
        assertThat(served).containsOnly("notify-2");
    }

    @Test
    void webSocketsPassWithTheirSubprotocol() throws Exception {
        CompletableFuture<String> echoed = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("lasttable.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/live"), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        boolean first = echoed.complete(data.toString());
                        assertThat(first).isTrue();
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("lasttable.v1");
        WebSocket sent = socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
        assertThat(echoed.get(10, TimeUnit.SECONDS)).isEqualTo("hello");
        sent.abort();
    }

    private Target target(String name) throws Exception {
        HttpServer server = done(vertx.createHttpServer(
                        new io.vertx.core.http.HttpServerOptions().addWebSocketSubProtocol("lasttable.v1"))
                .webSocketHandler(socket -> socket.textMessageHandler(text -> {
                    var written = socket.writeTextMessage(text);
                    assertThat(written).isNotNull();
                }))
                .requestHandler(request -> {
                    var response = request.response().putHeader("ETag", "\"1\"");
                    var ended =
                            switch (request.path()) {
                                case "/v1/unchanged" ->
                                    response.setStatusCode(304).end();
                                case "/v1/nothing-to-say" ->
                                    response.setStatusCode(204).end();
                                default -> response.end(name);
                            };
                    assertThat(ended).isNotNull();
                })
                .listen(0, "127.0.0.1"));
        return new Target(name, server.actualPort(), server.actualPort());
    }

    private HttpResponse<String> get(String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
