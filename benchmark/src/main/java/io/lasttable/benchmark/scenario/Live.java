package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.load.LoadProcess;
import io.lasttable.local.Service;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;

/** The watchers of a scenario, in their load process. */
final class Live {

    private final LoadProcess load;

    private Live(LoadProcess load) {
        this.load = load;
    }

    /** Opens {@code count} live sockets on notify-service's replicas in turn, each watching one of the days in turn. */
    static Live watch(Testbed bed, int count, List<String> dayKeys) throws IOException {
        return open(
                bed,
                new JsonObject()
                        .put("ports", new JsonArray(bed.ports(Service.NOTIFY)))
                        .put("count", count)
                        .put("days", new JsonArray(dayKeys))
                        .put("bootstrap", bed.bootstrap()));
    }

    static Live open(Testbed bed, JsonObject parameters) throws IOException {
        LoadProcess load = bed.load("watchers");
        JsonObject opened = load.ask("watch", parameters);
        if (opened.getInteger("lost") > 0) {
            throw new IllegalStateException("Some watchers were refused or lost: " + opened.encode());
        }
        return new Live(load);
    }

    static List<String> days(List<BenchVenue> venues) {
        return venues.stream().flatMap(venue -> venue.dayKeys().stream()).toList();
    }

    /** Counts anew from here. */
    void reset(boolean logArrivals) {
        JsonObject done = load.ask("reset", new JsonObject().put("log", logArrivals));
        assert done.isEmpty();
    }

    JsonObject count() {
        return load.ask("count", new JsonObject());
    }

    JsonObject latency() {
        return load.ask("latency", new JsonObject());
    }

    /** Watchers that have not seen {@code newest} of their day. */
    long stale(List<Long> newest) {
        return load.ask("versions", new JsonObject().put("newest", new JsonArray(newest)))
                .getLong("stale");
    }

    /** Cuts some connections without a word; they come back when the watchers reconnect. */
    void cut(long seed, int count) {
        JsonObject done = load.ask("cut", new JsonObject().put("seed", seed).put("count", count));
        assert done.isEmpty();
    }

    /** Cuts all at once; returns when each has come back, with the version it had, and been told the newest. */
    JsonObject storm() {
        return load.ask("storm", new JsonObject());
    }

    void close() {
        JsonObject done = load.ask("unwatch", new JsonObject());
        assert done.isEmpty();
    }
}
