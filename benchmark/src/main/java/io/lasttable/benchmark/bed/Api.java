package io.lasttable.benchmark.bed;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** The REST API through the load balancer, for preparing scenarios; loads are sent by load processes. */
public final class Api {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MS = 50;
    private static final int MOST_TRIES = 30;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String url;
    private final String token;

    Api(String url) throws IOException, InterruptedException {
        this.url = url;
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(url + "/local/token?venue_ids=*"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        token = new JsonObject(answer.body()).getString("access_token");
    }

    /** A bearer token that may do everything. */
    public String token() {
        return token;
    }

    /** Publishes a venue and waits until the read side has its last day. */
    public void publish(BenchVenue venue) throws IOException, InterruptedException {
        publish(List.of(venue));
    }

    /** Publishes all, then waits for the read side. */
    public void publish(List<BenchVenue> venues) throws IOException, InterruptedException {
        for (BenchVenue venue : venues) {
            put(venue);
        }
        for (BenchVenue venue : venues) {
            awaitDay(venue.id(), venue.lastDate());
        }
    }

    /** Again after a second when it is told to, as on a machine whose services have just begun. */
    private void put(BenchVenue venue) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("PUT", "/v1/venues/" + venue.id(), venue.json());
        for (int again = 0; answer.statusCode() == 503 && again < MOST_TRIES; again++) {
            Thread.sleep(1_000);
            answer = send("PUT", "/v1/venues/" + venue.id(), venue.json());
        }
        if (answer.statusCode() != 201 && answer.statusCode() != 200) {
            throw new IllegalStateException("Venue " + venue.id() + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    /** Puts another document in place of a venue's, whatever its version. */
    public HttpResponse<String> replace(BenchVenue venue) throws IOException, InterruptedException {
        return HTTP.send(
                request("/v1/venues/" + venue.id())
                        .header("If-Match", "*")
                        .PUT(HttpRequest.BodyPublishers.ofString(venue.json()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until the read side serves a day. */
    public void awaitDay(String venueId, String date) throws IOException, InterruptedException {
        String path = "/v1/venues/" + venueId + "/days/" + date;
        HttpResponse<String> seen = await(path, answer -> answer.statusCode() == 200);
        assert seen.statusCode() == 200;
    }

    /** The version of a day on the read side. */
    public long dayVersion(String venueId, String date) throws IOException, InterruptedException {
        HttpResponse<String> answer = send("GET", "/v1/venues/" + venueId + "/days/" + date, "");
        return new JsonObject(answer.body()).getLong("version");
    }

    public HttpResponse<String> await(String path, Predicate<HttpResponse<String>> condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> answer = send("GET", path, "");
            if (condition.test(answer)) {
                return answer;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(path + " still answers " + answer.statusCode() + " " + answer.body());
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    public HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        var publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        return HTTP.send(request(path).method(method, publisher).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60));
    }
}
