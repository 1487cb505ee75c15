package io.lasttable.benchmark.measure;

import io.lasttable.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How late the event loops of one notify-service replica ran tasks that were due: its histogram, as Prometheus would read it. */
public final class LoopDelay {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern BUCKET = Pattern.compile(
            "^lasttable_live_event_loop_delay_seconds_bucket\\{.*le=\"([^\"]+)\".*} ([0-9.E+]+)$", Pattern.MULTILINE);

    /** Tasks that were at most so many seconds late, by that bound. */
    private final SortedMap<Double, Double> upTo;

    private LoopDelay(SortedMap<Double, Double> upTo) {
        this.upTo = upTo;
    }

    /** @throws IllegalStateException when the replica does not publish the histogram */
    public static LoopDelay of(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + Ports.management(port) + "/q/metrics"))
                .build();
        return parse(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    static LoopDelay parse(String metrics) {
        SortedMap<Double, Double> upTo = new TreeMap<>();
        Matcher bucket = BUCKET.matcher(metrics);
        while (bucket.find()) {
            upTo.put(
                    bucket.group(1).equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bucket.group(1)),
                    Double.parseDouble(bucket.group(2)));
        }
        if (upTo.isEmpty()) {
            throw new IllegalStateException("The replica does not tell how late its event loops are");
        }
        return new LoopDelay(upTo);
    }

    /** The bound, in milliseconds, under which every task that has run since {@code before} was late; 0 when none has run. */
    public double longestSince(LoopDelay before) {
        double bound = 0;
        double below = 0;
        for (var bucket : upTo.entrySet()) {
            double since = bucket.getValue() - before.upTo.getOrDefault(bucket.getKey(), 0.0);
            if (since > below) {
                bound = bucket.getKey() * 1000;
                below = since;
            }
        }
        return bound;
    }
}
