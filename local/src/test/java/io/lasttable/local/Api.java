package io.lasttable.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Consumer;

/** The REST API through the load balancer, as a product team calls it. */
final class Api {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private final String url;
    private final String token;

    Api(String url) throws Exception {
        this(url, "venues:write%20reservations:write%20reservations:read");
    }

    /** @param scopes with {@code %20} between them */
    Api(String url, String scopes) throws Exception {
        this.url = url;
        this.token = new JsonObject(get("/local/token?venue_ids=*&scope=" + scopes)).getString("access_token");
    }

    String token() {
        return token;
    }

    String get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    HttpResponse<String> book(String venue, String date, String time) throws IOException, InterruptedException {
        JsonObject body = new JsonObject()
                .put("date", date)
                .put("time", time)
                .put("partySize", 2)
                .put("guest", new JsonObject().put("name", "Ada"));
        return book(venue, body);
    }

    HttpResponse<String> book(String venue, JsonObject reservation) throws IOException, InterruptedException {
        return send("POST", "/v1/venues/" + venue + "/reservations", reservation);
    }

    HttpResponse<String> joinWaitlist(String venue, String date, String time, String guest)
            throws IOException, InterruptedException {
        JsonObject body = new JsonObject()
                .put("date", date)
                .put("from", time)
                .put("to", time)
                .put("partySize", 2)
                .put("guest", new JsonObject().put("name", guest));
        return send("POST", "/v1/venues/" + venue + "/waitlist", body);
    }

    /** As staff may read it. */
    String read(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    HttpResponse<String> cancel(String reservationId) throws IOException, InterruptedException {
        return send("POST", "/v1/reservations/" + reservationId + "/cancel", new JsonObject());
    }

    /** A venue with one table for two, open every evening. */
    HttpResponse<String> publish(String venue) throws IOException, InterruptedException {
        return publish(venue, asItIs -> {});
    }

    private HttpResponse<String> publish(String venue, Consumer<JsonObject> differently)
            throws IOException, InterruptedException {
        JsonObject wanted = new JsonObject(get("/v1/venues/the-last-table"));
        wanted.remove("version");
        differently.accept(wanted);
        return send("PUT", "/v1/venues/" + venue, wanted.put("venueId", venue));
    }

    /** As {@link #publish}, and waits until the date can be looked at. */
    void publish(String venue, String date) throws IOException, InterruptedException {
        publish(venue, date, asItIs -> {});
    }

    /** @param differently changes the document before it is published */
    void publish(String venue, String date, Consumer<JsonObject> differently) throws IOException, InterruptedException {
        HttpResponse<String> published = publish(venue, differently);
        assertThat(published.statusCode()).as(published.body()).isEqualTo(201);
        await().until(() -> get("/v1/venues/" + venue + "/days/" + date).contains("\"version\":1"));
    }

    HttpResponse<String> post(String path, JsonObject body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    HttpResponse<String> put(String path, JsonObject body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    /** Replaces what stands in that version. */
    HttpResponse<String> put(String path, JsonObject body, String etag) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .DELETE()
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> send(String method, String path, JsonObject body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body.encode()))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
