package io.lasttable.benchmark.bed;

import io.lasttable.benchmark.report.Findings;

/**
 * One question to the platform, answered with figures. To add one: implement this, list it in Scenarios.
 *
 * <p>A scenario takes its platform from the {@link Testbed} (fresh, or as the scenario before left it when the setup is the
 * same), makes venues of its own, warms up, and adds one value a round to each figure. A figure that has a target is
 * measured beside its floor or peer in the same round, and the target is put on their ratio.
 */
public interface Scenario {

    /** As on the command line: {@code last-table}. */
    String name();

    /** What it answers, in one sentence; load, sizes and the floor or peer belong into it. */
    String question();

    void run(Testbed bed, Findings found) throws Exception;
}
