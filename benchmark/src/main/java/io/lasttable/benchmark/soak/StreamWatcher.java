package io.lasttable.benchmark.soak;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A frontend on server-sent events, which come back with the id of the last. */
final class StreamWatcher implements Connection {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final String DATA = "data:";
    private static final String CURRENT = ": current ";

    private final Sight sight;
    private final List<URI> replicas;
    private final Duration pingInterval;
    private final Understanding understanding;
    private volatile InputStream stream = InputStream.nullInputStream();
    private volatile long heardAt;
    private volatile boolean lost = true;
    private volatile int generation;

    /** @param pingInterval as notify-service is set; a stream does not say it */
    StreamWatcher(Sight sight, List<URI> replicas, Duration pingInterval) {
        this.sight = sight;
        this.replicas = replicas;
        this.pingInterval = pingInterval;
        this.understanding = new Understanding(sight);
        this.generation = Math.floorMod(sight.name().hashCode(), replicas.size());
    }

    @Override
    public Sight sight() {
        return sight;
    }

    @Override
    public boolean isLost() {
        return lost || System.nanoTime() - heardAt > pingInterval.plus(ANSWER).toNanos();
    }

    @Override
    public void connect() {
        close();
        int mine = ++generation;
        understanding.connected();
        lost = false;
        heardAt = System.nanoTime();
        Thread thread = new Thread(() -> follow(mine), sight.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void follow(int mine) {
        URI uri = replicas.get(mine % replicas.size())
                .resolve("/v1/live/venues/" + sight.day().venueId() + "/days/"
                        + sight.day().date());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).timeout(ANSWER).header("Accept", "text/event-stream");
        if (sight.version() > 0) {
            request.header("Last-Event-ID", String.valueOf(sight.version()));
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() == 200 && mine == generation) {
                stream = response.body();
                read(mine);
            }
        } catch (IOException ended) {
            lost |= mine == generation;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (mine == generation) {
            lost = true;
            sight.believe(false);
        }
    }

    private void read(int mine) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null && mine == generation; line = lines.readLine()) {
            heardAt = System.nanoTime();
            sight.heard(heardAt);
            if (line.startsWith(DATA)) {
                understanding.hear(new JsonObject(line.substring(DATA.length())), heardAt);
            } else if (line.startsWith(CURRENT)) {
                understanding.hear(new JsonObject().put("op", "current"), heardAt);
            }
        }
    }

    @Override
    public void close() {
        generation++;
        try {
            stream.close();
        } catch (IOException e) {
            lost = true;
        }
    }
}
