package io.lasttable.benchmark.bed;

import io.lasttable.benchmark.report.Findings;
import io.vertx.core.json.JsonObject;

/** What a load process answers about the requests it has sent. */
public record HttpOutcome(JsonObject json) {

    private static final JsonObject NONE = new JsonObject();

    /** From the first request to the last answer. */
    public double seconds() {
        return json.getDouble("seconds");
    }

    /** How many answers of a label had this status. */
    public long count(String label, int status) {
        return of(label).getJsonObject("statuses", NONE).getLong(String.valueOf(status), 0L);
    }

    /** All requests of a label. */
    public long size(String label) {
        return of(label).getJsonObject("latency", NONE).getLong("count", 0L);
    }

    /** Answers of any label with this status. */
    public long count(int status) {
        return json.getJsonObject("labels").fieldNames().stream()
                .mapToLong(label -> count(label, status))
                .sum();
    }

    /** Everything that was neither 2xx nor 409: time-outs, lost connections, 5xx and the like. */
    public long errors() {
        return json.getJsonObject("labels").fieldNames().stream()
                .flatMap(label -> of(label).getJsonObject("statuses").stream())
                .filter(status -> !status.getKey().startsWith("2")
                        && !status.getKey().equals("409")
                        && !status.getKey().equals("skipped"))
                .mapToLong(status -> ((Number) status.getValue()).longValue())
                .sum();
    }

    /** Answers of a label with the text that was looked for. */
    public long containing(String label) {
        return of(label).getLong("containing", 0L);
    }

    /** @param percentile p50, p90, p99, p999 or max; milliseconds */
    public double latency(String label, String percentile) {
        return of(label).getJsonObject("latency", NONE).getDouble(percentile, 0.0);
    }

    /** As {@link #latency} of the answers with one status. */
    public double latency(String label, int status, String percentile) {
        return of(label)
                .getJsonObject("byStatus", NONE)
                .getJsonObject(String.valueOf(status), NONE)
                .getDouble(percentile, 0.0);
    }

    /** Adds the median and the 99th percentile of a label's answers to the figures. */
    public void addTo(Findings found, String name, String label) {
        found.add(name + " p50", "ms", latency(label, "p50"));
        found.add(name + " p99", "ms", latency(label, "p99"));
    }

    public String statuses() {
        StringBuilder all = new StringBuilder();
        json.getJsonObject("labels")
                .forEach(label -> all.append(label.getKey())
                        .append(' ')
                        .append(of(label.getKey()).getJsonObject("statuses").encode())
                        .append(' '));
        return all.toString().trim();
    }

    private JsonObject of(String label) {
        return json.getJsonObject("labels").getJsonObject(label, NONE);
    }
}
