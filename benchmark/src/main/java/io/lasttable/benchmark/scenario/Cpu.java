package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.report.Findings;
import java.util.Map;

/** CPU of a measured stretch, servers and load generators apart. */
final class Cpu {

    private final Testbed bed;
    private final Map<String, Double> before;

    private Cpu(Testbed bed) {
        this.bed = bed;
        this.before = bed.cpu();
    }

    static Cpu from(Testbed bed) {
        return new Cpu(bed);
    }

    /** What each used since. */
    Map<String, Double> seconds() {
        return bed.cpuSince(before);
    }

    /** Adds what each used since; returns it. */
    Map<String, Double> addTo(Findings found) {
        Map<String, Double> used = seconds();
        used.forEach((who, seconds) -> found.add("CPU of " + who, "s", seconds));
        return used;
    }
}
