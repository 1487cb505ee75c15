package io.lasttable.local.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A few venues to try things on, published over the REST API as any product team would; those that exist stay. */
public final class DemoData {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private DemoData() {}

    /**
     * @param url of the load balancer
     * @throws IllegalStateException when the platform refuses a venue
     */
    public static void publish(String url) throws InterruptedException {
        String token = new JsonObject(send(request(url + "/local/token?scope=venues:write&venue_ids=*")
                                .GET())
                        .body())
                .getString("access_token");
        JsonArray venues = new JsonArray(read("venues.json"));
        for (int i = 0; i < venues.size(); i++) {
            JsonObject venue = venues.getJsonObject(i);
            HttpResponse<String> answer = send(request(url + "/v1/venues/" + venue.getString("venueId"))
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString(venue.encode())));
            boolean exists = answer.statusCode() == 428;
            if (answer.statusCode() != 201 && !exists) {
                throw new IllegalStateException("The demo venue " + venue.getString("venueId") + " was refused: "
                        + answer.statusCode() + " " + answer.body());
            }
        }
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri)).timeout(Duration.ofSeconds(30));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The platform does not answer", e);
        }
    }

    private static String read(String name) {
        try (InputStream resource = DemoData.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
