package io.lasttable.benchmark.soak;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody who reads days again and again, and believes an answer that neither says that it is stale nor how far it lags. */
final class Reader implements AutoCloseable {

    /** Answers that say they lag by more are no surprise. At rest they say 0.8 to 2.6 s, as watermarks come each second. */
    private static final long SMALL_LAG_MS = 4_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    private final URI reads;
    private final List<Sight> sights;
    private final Thread thread = new Thread(this::read, "reader");
    private volatile boolean stopping;

    private Reader(URI reads, List<Sight> sights) {
        this.reads = reads;
        this.sights = sights;
    }

    static Reader start(URI reads, List<Sight> sights) {
        Reader reader = new Reader(reads, sights);
        reader.thread.start();
        return reader;
    }

    private void read() {
        try {
            while (!stopping) {
                for (Sight sight : sights) {
                    look(sight);
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Sight sight) throws InterruptedException {
        String path =
                "/v1/venues/" + sight.day().venueId() + "/days/" + sight.day().date();
        long began = System.nanoTime();
        HttpRequest request =
                HttpRequest.newBuilder(reads.resolve(path)).timeout(PATIENCE).build();
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 200) {
                sight.state(new JsonObject(response.body()), began, isFresh(response), false);
            }
        } catch (IOException refusedOrLate) {
            sight.believe(false);
        }
    }

    private static boolean isFresh(HttpResponse<String> response) {
        long lag = response.headers()
                .firstValueAsLong("Lasttable-Projection-Lag-Ms")
                .orElse(0);
        return lag < SMALL_LAG_MS && !new JsonObject(response.body()).getBoolean("stale", false);
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
