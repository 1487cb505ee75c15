package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What came of the requests of one label. */
final class Tally {

    private final Map<String, LongAdder> statuses = new ConcurrentSkipListMap<>();
    private final Map<String, Latencies> latencies = new ConcurrentHashMap<>();
    private final Latencies all = new Latencies();
    private final LongAdder containing = new LongAdder();

    /** @param status of HTTP, or a word for what happened instead */
    void add(String status, long micros) {
        statuses.computeIfAbsent(status, s -> new LongAdder()).increment();
        latencies.computeIfAbsent(status, s -> new Latencies()).add(micros);
        all.add(micros);
    }

    void skipped() {
        statuses.computeIfAbsent("skipped", s -> new LongAdder()).increment();
    }

    void contains() {
        containing.increment();
    }

    JsonObject json() {
        JsonObject counts = new JsonObject();
        statuses.forEach((status, count) -> counts.put(status, count.sum()));
        JsonObject byStatus = new JsonObject();
        latencies.forEach((status, each) -> byStatus.put(status, each.json()));
        return new JsonObject()
                .put("statuses", counts)
                .put("latency", all.json())
                .put("byStatus", byStatus)
                .put("containing", containing.sum());
    }
}
