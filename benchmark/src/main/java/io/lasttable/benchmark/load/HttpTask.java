package io.lasttable.benchmark.load;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends the requests of a file to the servers in turn, in one of three ways ({@code mode}):
 *
 * <ul>
 *   <li>{@code closed}: {@code clients} of them at any time, each the next when it has its answer;
 *   <li>{@code timetable}: each when it is due, whether or not earlier ones are answered, and measured from when it was due,
 *       so that a server that stalls cannot hide it (no coordinated omission);
 *   <li>{@code burst}: all at once, on connections opened before.
 * </ul>
 */
final class HttpTask implements LoadTask {

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));

    @Override
    public JsonObject run(JsonObject asked) throws Exception {
        List<Request> requests;
        try (Stream<String> lines = Files.lines(Path.of(asked.getString("file")))) {
            requests = lines.map(Request::parse).toList();
        }
        List<Integer> ports = new ArrayList<>();
        asked.getJsonArray("ports").forEach(port -> ports.add((Integer) port));
        int connections = asked.getInteger("connections", 256);
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setKeepAlive(true)
                .setKeepAliveTimeout(120)
                .setTcpNoDelay(true)
                .setConnectTimeout(20_000));
        HttpLoad load = new HttpLoad(client, ports, asked.getString("token", ""), asked.getString("contains", ""));
        try {
            switch (asked.getString("mode")) {
                case "closed" -> load.closed(requests, asked.getInteger("clients"));
                case "timetable" -> load.timetable(requests);
                case "burst" -> load.burst(requests, connections);
                default -> throw new IllegalArgumentException("mode " + asked.getString("mode"));
            }
            return load.json();
        } finally {
            Void closed =
                    client.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assert closed == null;
        }
    }
}
