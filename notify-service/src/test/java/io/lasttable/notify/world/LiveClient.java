package io.lasttable.notify.world;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** A browser's socket: keeps what it hears. */
public final class LiveClient implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private volatile int closeCode;
    private volatile String closeReason = "";
    private final WebSocket socket;

    /** @param protocols offered besides {@code lasttable.v1} */
    public LiveClient(URI live, String... protocols) throws Exception {
        socket = HTTP.newWebSocketBuilder()
                .subprotocols("lasttable.v1", protocols)
                .buildAsync(URI.create(live.toString().replace("http", "ws")), new Listener())
                .get();
    }

    /** Comes back once the replica admits anybody: before its feed has caught up it sends all away. */
    public static void awaitAdmission(URI live) {
        soon("admission").ignoreExceptions().until(() -> {
            new LiveClient(live).close();
            return true;
        });
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            partial.append(data);
            if (last) {
                frames.add(json(partial.toString()));
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            closeReason = reason;
            closeCode = code;
            return null;
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    /** Single quotes stand for double ones. */
    @CanIgnoreReturnValue
    public LiveClient send(String frame) throws Exception {
        WebSocket sent = socket.sendText(frame.replace('\'', '"'), true).get();
        if (sent.isOutputClosed()) {
            throw new IllegalStateException("closed");
        }
        return this;
    }

    /** As {@link #send}, to a connection that may have been closed. */
    public void trySend(String frame) {
        var unused = socket.sendText(frame.replace('\'', '"'), true);
    }

    @CanIgnoreReturnValue
    public LiveClient watch(String ref, String venue) throws Exception {
        return send("{'op':'watch','ref':'" + ref + "','venueId':'" + venue + "','date':'2026-11-28'}");
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    public List<JsonNode> frames() {
        return List.copyOf(frames);
    }

    public JsonNode frame(int index) {
        soon("frame " + index).until(() -> frames.size() > index);
        return frames.get(index);
    }

    /** The first frame that fits, once it is there. */
    public JsonNode frame(String what, Predicate<JsonNode> fits) {
        soon(what).until(() -> frames.stream().anyMatch(fits));
        return frames.stream().filter(fits).findFirst().orElseThrow();
    }

    public JsonNode error(String code) {
        return frame("error " + code, frame -> frame.path("code").asText().equals(code));
    }

    public JsonNode version(int version) {
        return frame("version " + version, frame -> frame.path("version").asInt() == version);
    }

    public int closeCode() {
        soon("close").until(() -> closeCode != 0);
        return closeCode;
    }

    /** Looked for often: what is heard is here within milliseconds. */
    private static ConditionFactory soon(String what) {
        return Awaitility.await(what).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    public String closeReason() {
        return closeReason;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
