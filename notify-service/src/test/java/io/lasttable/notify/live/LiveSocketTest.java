package io.lasttable.notify.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.lasttable.embedded.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = KafkaTestResource.class,
        initArgs = @ResourceArg(name = "topics", value = "lasttable.days.v1,lasttable.reservations.v1"))
@QuarkusTestResource(LiveSocketTest.ReadSide.class)
class LiveSocketTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TestHTTPResource("/v1/live")
    URI live;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    /** Stands in for availability-service: answers with the contract's example day, or that there is none. */
    public static final class ReadSide implements QuarkusTestResourceLifecycleManager {
        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            server.createContext("/v1/venues/", exchange -> {
                String[] path = exchange.getRequestURI().getPath().split("/");
                boolean known = path[3].startsWith("known");
                String body = known ? day(path[3], 18).toString() : "{\"type\":\"/problems/unknown-venue\"}";
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(known ? 200 : 404, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "lasttable.availability-url",
                    "http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }

    /** A browser: keeps what it hears. */
    private static final class Heard implements WebSocket.Listener {
        final List<JsonNode> frames = new CopyOnWriteArrayList<>();
        volatile int closeCode;
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                try {
                    frames.add(MAPPER.readTree(partial.toString()));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                partial.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closeCode = code;
            return null;
        }

        JsonNode await(int index) {
            org.awaitility.Awaitility.await().until(() -> frames.size() > index);
            return frames.get(index);
        }
    }

    @Test
    void aWatcherGetsHelloThenTheDayThenEachChange() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard);
        send(socket, "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"known-1\",\"date\":\"2026-11-28\"}");
        assertThat(heard.await(0).get("op").asText()).isEqualTo("hello");
        assertThat(socket.getSubprotocol()).isEqualTo("lasttable.v1");
        JsonNode day = heard.await(1);
        assertThat(day.get("op").asText()).isEqualTo("day");
        assertThat(day.get("version").asInt()).isEqualTo(18);
        assertThat(day.get("slots").get(1).get("left").get("2").asInt()).isEqualTo(1);

        ObjectNode next = day("known-1", 19);
        ((ObjectNode) next.get("slots").get(1).get("left")).removeAll();
        publish("known-1", next);
        publish("known-1", day("known-1", 17));
        JsonNode change = heard.await(2);
        assertThat(change.get("op").asText()).isEqualTo("change");
        assertThat(change.get("from").asInt()).isEqualTo(18);
        assertThat(change.get("version").asInt()).isEqualTo(19);
        assertThat(change.get("slots")).hasSize(1);
        assertThat(change.get("slots").get(0).get("time").asText()).isEqualTo("19:00");
        socket.abort();
    }

    @Test
    void whoComesBackWithTheNewestVersionHearsNothingUntilItChanges() throws Exception {
        publish("known-2", day("known-2", 30));
        Heard heard = new Heard();
        WebSocket socket = open(heard);
        send(socket, "{\"op\":\"watch\",\"ref\":\"first\",\"venueId\":\"known-2\",\"date\":\"2026-11-28\"}");
        await().until(() ->
                heard.frames.stream().anyMatch(f -> f.path("version").asInt() == 30));
        Heard back = new Heard();
        WebSocket again = open(back);
        send(again, "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"known-2\",\"date\":\"2026-11-28\",\"version\":30}");
        send(again, "{\"op\":\"unwatch\",\"ref\":\"no-such\"}");
        assertThat(back.await(1).get("code").asText()).isEqualTo("unknown-ref");
        publish("known-2", day("known-2", 31));
        assertThat(back.await(2).get("version").asInt()).isEqualTo(31);
        socket.abort();
        again.abort();
    }

    @Test
    void whoAsksToConfirmHearsThatItHasTheNewestVersion() throws Exception {
        publish("known-5", day("known-5", 40));
        Heard heard = new Heard();
        WebSocket socket = open(heard);
        send(socket, "{\"op\":\"watch\",\"ref\":\"first\",\"venueId\":\"known-5\",\"date\":\"2026-11-28\"}");
        await().until(() ->
                heard.frames.stream().anyMatch(f -> f.path("version").asInt() == 40));
        String resuming =
                "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"known-5\",\"date\":\"2026-11-28\",\"version\":40,\"confirm\":true}";
        Heard back = new Heard();
        WebSocket again = open(back);
        send(again, resuming);
        assertThat(back.await(1)).isEqualTo(MAPPER.readTree("{\"op\":\"current\",\"ref\":\"a\",\"version\":40}"));
        socket.abort();
        again.abort();
    }

    @Test
    void anUnknownVenueIsAnErrorAndTheConnectionStays() throws Exception {
        Heard heard = new Heard();
        WebSocket socket = open(heard);
        send(socket, "{\"op\":\"watch\",\"ref\":\"x\\\"y\",\"venueId\":\"nowhere\",\"date\":\"2026-11-28\"}");
        assertThat(heard.await(1).get("code").asText()).isEqualTo("unknown-venue");
        assertThat(heard.await(1).get("ref").asText()).isEqualTo("x\"y");
        send(socket, "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"known-3\",\"date\":\"2026-11-28\"}");
        assertThat(heard.await(2).get("op").asText()).isEqualTo("day");
        send(socket, "{\"op\":\"watch\",\"ref\":\"a\",\"venueId\":\"known-3\",\"date\":\"2026-11-28\"}");
        assertThat(heard.await(3).get("code").asText()).isEqualTo("duplicate-ref");
        socket.abort();
    }

    @Test
    void aFrameThatIsNotOfTheProtocolClosesWith4400() throws Exception {
        for (String bad : List.of("not json", "[]", "{\"op\":\"dance\",\"ref\":\"a\"}", "{\"op\":1}", "{} {}")) {
            Heard heard = new Heard();
            send(open(heard), bad);
            await().until(() -> heard.closeCode == 4400);
        }
    }

    @Test
    void theSameDayStreamsAsServerSentEvents() throws Exception {
        String url = live.toString() + "/venues/known-4/days/2026-11-28";
        var request = java.net.http.HttpRequest.newBuilder(URI.create(url)).build();
        List<String> lines = new CopyOnWriteArrayList<>();
        var streaming = HttpClient.newHttpClient()
                .sendAsync(request, java.net.http.HttpResponse.BodyHandlers.fromLineSubscriber(new Lines(lines)));
        await().until(() -> lines.contains("id: 18"));
        publish("known-4", day("known-4", 19));
        await().until(() -> lines.contains("id: 19"));
        assertThat(lines).anyMatch(line -> line.startsWith("data: {\"op\":\"day\""));
        boolean cancelled = streaming.cancel(true);
        assertThat(cancelled).isTrue();
    }

    /** Keeps each line as it comes. */
    private static final class Lines implements java.util.concurrent.Flow.Subscriber<String> {
        private final List<String> lines;

        Lines(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public void onSubscribe(java.util.concurrent.Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            lines.add(line);
        }

        @Override
        public void onError(Throwable failure) {
            lines.add("failed: " + failure);
        }

        @Override
        public void onComplete() {
            lines.add("complete");
        }
    }

    private WebSocket open(Heard heard) throws Exception {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("lasttable.v1")
                .buildAsync(URI.create(live.toString().replace("http", "ws")), heard)
                .get();
    }

    private static void send(WebSocket socket, String frame) throws Exception {
        WebSocket sent = socket.sendText(frame, true).get();
        assertThat(sent).isNotNull();
    }

    private void publish(String venue, JsonNode day) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new StringSerializer())) {
            var stored = producer.send(new ProducerRecord<>("lasttable.days.v1", venue + "/2026-11-28", day.toString()))
                    .get();
            assertThat(stored.hasOffset()).isTrue();
        }
    }

    private static ObjectNode day(String venue, int version) throws IOException {
        Path example = Path.of("..", "booking-service", "contract", "examples", "day-updated.json");
        ObjectNode day = (ObjectNode) MAPPER.readTree(Files.readString(example)).get("value");
        return day.put("venueId", venue).put("version", version);
    }
}
