package io.lasttable.benchmark.load;

import io.vertx.core.json.JsonObject;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Microseconds in a histogram of three significant digits, up to ten minutes. */
final class Latencies {

    private static final long MOST_MICROS = 600_000_000;

    private final Histogram histogram = new ConcurrentHistogram(MOST_MICROS, 3);

    void add(long micros) {
        histogram.recordValue(Math.max(0, Math.min(MOST_MICROS, micros)));
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** Count, and percentiles in milliseconds. */
    JsonObject json() {
        return new JsonObject()
                .put("count", histogram.getTotalCount())
                .put("p50", millis(50))
                .put("p90", millis(90))
                .put("p99", millis(99))
                .put("p999", millis(99.9))
                .put("max", histogram.getMaxValue() / 1000.0)
                .put("mean", histogram.getMean() / 1000.0);
    }

    private double millis(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1000.0;
    }
}
