package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Testbed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** Versions of a venue's first day, sent to Kafka past booking-service, so that notify-service is measured alone. */
final class Changes {

    private final Testbed bed;
    private final BenchVenue venue;
    private final int slots;
    private long version = 1;

    Changes(Testbed bed, BenchVenue venue, int slots) {
        this.bed = bed;
        this.venue = venue;
        this.slots = slots;
    }

    void publish(double rate, int count) throws IOException {
        JsonObject sent = bed.load("changes")
                .ask(
                        "changes",
                        new JsonObject()
                                .put("bootstrap", bed.bootstrap())
                                .put("venueId", venue.id())
                                .put("date", venue.dates().get(0))
                                .put("slots", slots)
                                .put("version", version + 1)
                                .put("rate", rate)
                                .put("count", count));
        version = sent.getLong("version");
    }

    /** The newest version sent. */
    long version() {
        return version;
    }
}
