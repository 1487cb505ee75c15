package io.lasttable.benchmark.bed;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** The requests of a load, made before it starts and repeatable by seed; a load process reads them from a file. */
public final class Requests {

    private final List<JsonObject> list = new ArrayList<>();

    /** One booking for every table and turn of every day: none can be refused. In an order drawn from {@code random}. */
    public static Requests filling(List<BenchVenue> venues, Random random) {
        Requests requests = new Requests();
        for (BenchVenue venue : venues) {
            for (String date : venue.dates()) {
                for (String time : BenchVenue.TURNS) {
                    for (int table = 0; table < venue.tables(); table++) {
                        requests.book(venue.id(), date, time);
                    }
                }
            }
        }
        Collections.shuffle(requests.list, random);
        return requests;
    }

    /** A table for two. Returns the request, for more to be put on it. */
    @CanIgnoreReturnValue
    public JsonObject book(String venueId, String date, String time) {
        return post("book", "/v1/venues/" + venueId + "/reservations", booking(date, time, 2));
    }

    public static JsonObject booking(String date, String time, int partySize) {
        return new JsonObject()
                .put("date", date)
                .put("time", time)
                .put("partySize", partySize)
                .put("guest", new JsonObject().put("name", "Ada").put("email", "ada@example.org"));
    }

    @CanIgnoreReturnValue
    public JsonObject post(String label, String path, JsonObject body) {
        return add(label, "POST", path).put("body", body.encode());
    }

    @CanIgnoreReturnValue
    public JsonObject get(String label, String path) {
        return add(label, "GET", path);
    }

    /** A POST without a body: cancel, seat, accept. */
    @CanIgnoreReturnValue
    public JsonObject act(String label, String path) {
        return add(label, "POST", path);
    }

    private JsonObject add(String label, String method, String path) {
        JsonObject request =
                new JsonObject().put("label", label).put("method", method).put("path", path);
        boolean added = list.add(request);
        assert added;
        return request;
    }

    public int size() {
        return list.size();
    }

    /** The requests from {@code from} on, {@code count} of them. */
    public Requests part(int from, int count) {
        Requests part = new Requests();
        boolean added = part.list.addAll(list.subList(from, Math.min(list.size(), from + count)));
        assert added || count == 0;
        return part;
    }

    /** Due one after the other at a steady rate, the first at once. */
    public Requests atRate(double perSecond) {
        for (int i = 0; i < list.size(); i++) {
            list.get(i).put("at", i * 1000.0 / perSecond);
        }
        return this;
    }

    /** In the order in which they are due. */
    public Requests inTime() {
        list.sort(Comparator.comparing(request -> request.getDouble("at", 0.0)));
        return this;
    }

    Path write(Path file) throws IOException {
        return Files.write(file, list.stream().map(JsonObject::encode).toList());
    }
}
