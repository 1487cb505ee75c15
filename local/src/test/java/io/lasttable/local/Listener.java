package io.lasttable.local;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A frontend on the live socket: keeps each frame with the instant it came, and the day as the frames have made it. */
final class Listener implements WebSocket.Listener, AutoCloseable {

    /** @param day the slots after the frame, by time; null for a frame that is no day's */
    record Heard(JsonObject frame, Map<String, JsonObject> day, long nanoTime) {
        long version() {
            return frame.getLong("version", 0L);
        }

        /** Tables left for a party of two. */
        long left(String time) {
            return day.get(time).getJsonObject("left").getLong("2", 0L);
        }
    }

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private Map<String, JsonObject> day = Map.of();
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

    /** A {@code day} replaces what is known, a {@code change} only the slots that it names. */
    private Map<String, JsonObject> after(JsonObject frame) {
        if (frame.getJsonArray("slots") == null) {
            return null;
        }
        Map<String, JsonObject> slots = frame.getString("op").equals("change") ? new HashMap<>(day) : new HashMap<>();
        for (Object slot : frame.getJsonArray("slots")) {
            slots.put(((JsonObject) slot).getString("time"), (JsonObject) slot);
        }
        day = Map.copyOf(slots);
        return day;
    }

    private Optional<Heard> version(long version) {
        return heard.stream().filter(each -> each.version() == version).findFirst();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            JsonObject frame = new JsonObject(partial.toString());
            partial.setLength(0);
            heard.add(new Heard(frame, after(frame), System.nanoTime()));
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
