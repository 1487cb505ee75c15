package io.lasttable.benchmark.soak;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A frontend that speaks the live socket's protocol itself: names the version it has, believes what it is told, and takes a
 * connection that has not even pinged for dead.
 */
final class SocketWatcher implements Connection {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration OPEN_WITHIN = Duration.ofSeconds(5);

    private final Sight sight;
    private final List<URI> replicas;
    private final StringBuilder partial = new StringBuilder();
    private volatile WebSocket socket;
    private volatile long heardAt = System.nanoTime();
    private volatile long silenceAllowed = OPEN_WITHIN.toNanos();
    private volatile boolean lost = true;
    private final Understanding understanding;
    private volatile int attempts;

    SocketWatcher(Sight sight, List<URI> replicas) {
        this.sight = sight;
        this.understanding = new Understanding(sight);
        this.replicas = replicas;
        this.attempts = Math.floorMod(sight.name().hashCode(), replicas.size());
    }

    @Override
    public Sight sight() {
        return sight;
    }

    @Override
    public boolean isLost() {
        return lost || System.nanoTime() - heardAt > silenceAllowed;
    }

    @Override
    public void connect() {
        abandon();
        sight.believe(false);
        partial.setLength(0);
        understanding.connected();
        lost = false;
        heardAt = System.nanoTime();
        silenceAllowed = OPEN_WITHIN.toNanos();
        int mine = ++attempts;
        URI replica = replicas.get(mine % replicas.size());
        HTTP.newWebSocketBuilder()
                .subprotocols("lasttable.v1")
                .connectTimeout(OPEN_WITHIN)
                .buildAsync(URI.create("ws://127.0.0.1:" + replica.getPort() + "/v1/live"), new Generation())
                .whenComplete((opened, failure) -> lost |= failure != null && mine == attempts);
    }

    private void abandon() {
        WebSocket old = socket;
        socket = null;
        if (old != null) {
            old.abort();
        }
    }

    @Override
    public void close() {
        abandon();
    }

    /** Events of one connection; those of an abandoned one are not heard. */
    private final class Generation implements WebSocket.Listener {

        private final int number = attempts;

        private boolean isCurrent() {
            return number == attempts;
        }

        @Override
        public void onOpen(WebSocket opened) {
            if (!isCurrent()) {
                opened.abort();
                return;
            }
            socket = opened;
            JsonObject watch = new JsonObject()
                    .put("op", "watch")
                    .put("ref", "w")
                    .put("venueId", sight.day().venueId())
                    .put("date", sight.day().date());
            JsonObject complete = sight.version() == 0
                    ? watch
                    : watch.put("version", sight.version()).put("confirm", true);
            opened.sendText(complete.encode(), true).whenComplete((sent, failure) -> lost |= failure != null);
            opened.request(1);
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            if (isCurrent()) {
                heard();
                partial.append(data);
                if (last) {
                    hear(new JsonObject(partial.toString()));
                    partial.setLength(0);
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
            if (isCurrent()) {
                heard();
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            lose();
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            lose();
        }

        private void lose() {
            if (isCurrent()) {
                lost = true;
                sight.believe(false);
            }
        }
    }

    private void heard() {
        heardAt = System.nanoTime();
        sight.heard(heardAt);
    }

    private void hear(JsonObject frame) {
        if (frame.getString("op").equals("hello")) {
            silenceAllowed = TimeUnit.MILLISECONDS.toNanos(frame.getLong("pingIntervalMs")) + ANSWER.toNanos();
        } else {
            understanding.hear(frame, heardAt);
        }
    }
}
