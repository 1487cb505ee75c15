package io.lasttable.edge;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.stream.DoubleStream;

/** Buckets for the time that requests take, since count and sum alone cannot say how many took too long. */
public final class RequestTimes {

    /** Upper bounds in milliseconds; docs/operations/alerts.md asks for those from 100 on. */
    private static final double[] BOUNDS = DoubleStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500)
            .map(millis -> millis * Duration.ofMillis(1).toNanos())
            .toArray();

    private static final DistributionStatisticConfig BUCKETS =
            DistributionStatisticConfig.builder().serviceLevelObjectives(BOUNDS).build();

    private RequestTimes() {}

    public static MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id meter, DistributionStatisticConfig config) {
                return meter.getName().equals("http.server.requests") ? BUCKETS.merge(config) : config;
            }
        };
    }
}
