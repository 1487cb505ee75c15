package io.lasttable.benchmark.bed;

import io.vertx.core.json.JsonObject;

/** How requests are sent; what each way means stands at the load process' {@code HttpTask}. */
public final class Pace {

    private final JsonObject json;

    private Pace(JsonObject json) {
        this.json = json;
    }

    /** Each client sends its next request when it has its answer. */
    public static Pace closed(int clients) {
        return new Pace(new JsonObject().put("mode", "closed").put("clients", clients));
    }

    /** Each request when it is due, whether or not earlier ones are answered. */
    public static Pace timetable() {
        return new Pace(new JsonObject().put("mode", "timetable"));
    }

    /** All at once, on so many connections. */
    public static Pace burst(int connections) {
        return new Pace(new JsonObject().put("mode", "burst")).connections(connections);
    }

    /** At most so many connections, where the standard does not do. */
    public Pace connections(int most) {
        return new Pace(json().put("connections", most));
    }

    /** Counts the answers that hold this text. */
    public Pace counting(String text) {
        return new Pace(json().put("contains", text));
    }

    JsonObject json() {
        return json.copy();
    }
}
