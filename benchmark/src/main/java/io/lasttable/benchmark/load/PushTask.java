package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.locks.LockSupport;

/** Publishes messages to a push server over HTTP at a fixed rate: what a peer is fed with. */
final class PushTask implements LoadTask {

    @Override
    public JsonObject run(JsonObject asked) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        long gap = (long) (1e9 / asked.getDouble("rate"));
        int count = asked.getInteger("count");
        String filling = "x".repeat(asked.getInteger("bytes") - 32);
        String channel = asked.getString("channel", "");
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * gap;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            String message = String.format("{\"version\":1%09d,\"x\":\"%s\"}", i + 1, filling);
            String body = channel.isEmpty() ? message : "{\"channel\":\"" + channel + "\",\"data\":" + message + "}";
            HttpResponse<Void> taken = client.send(
                    HttpRequest.newBuilder(URI.create(asked.getString("url")))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            if (taken.statusCode() >= 300) {
                throw new IllegalStateException("The push server answered " + taken.statusCode());
            }
        }
        return new JsonObject().put("seconds", (System.nanoTime() - start) / 1e9);
    }
}
