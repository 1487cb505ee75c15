package io.lasttable.local;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A frontend on the live socket: keeps each frame with the instant it came. */
final class Listener implements WebSocket.Listener, AutoCloseable {

    record Heard(JsonObject frame, long nanoTime) {
        long version() {
            return frame.getLong("version", 0L);
        }
    }

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean closed;
    private WebSocket socket;

    static Listener on(int port) throws Exception {
        Listener listener = new Listener();
        listener.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("lasttable.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/v1/live"), listener)
                .get();
        return listener;
    }

    /** @param has the version that the frontend holds; 0 for none */
    Listener watch(String venue, String date, long has) throws Exception {
        JsonObject watch = new JsonObject()
                .put("op", "watch")
                .put("ref", "a")
                .put("venueId", venue)
                .put("date", date)
                .put("version", has);
        socket = socket.sendText(watch.encode(), true).get();
        return this;
    }

    Heard awaitVersion(long version) {
        Awaitility.await().until(() -> version(version).isPresent());
        return version(version).orElseThrow();
    }

    List<Long> versions() {
        return heard.stream().map(Heard::version).filter(v -> v > 0).toList();
    }

    boolean isClosed() {
        return closed;
    }

    private Optional<Heard> version(long version) {
        return heard.stream().filter(each -> each.version() == version).findFirst();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            heard.add(new Heard(new JsonObject(partial.toString()), System.nanoTime()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = true;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
        closed = true;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
