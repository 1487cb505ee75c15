package io.lasttable.availability;

import io.lasttable.edge.RequestTimes;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What is measured in another way than by default. */
class Metrics {

    @Produces
    @Singleton
    static MeterFilter requestTimes() {
        return RequestTimes.buckets();
    }
}
