package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Proc;
import io.lasttable.benchmark.report.Findings;

/** Work before what is measured, until every JVM has compiled what it is made of: a platform that has run for a while. */
final class WarmUp {

    /** Of their CPU time; below it what the compilers do still is no longer seen in the figures' spread. */
    private static final double LITTLE = 0.1;

    private static final int MOST_STEPS = 12;

    private WarmUp() {}

    /** A part of the work; the parts are alike. */
    interface Step {

        void run(int number) throws Exception;
    }

    /** Repeats the step until the compilers take little of the CPU of the services and Kafka, or do not come to an end; notes which. */
    static void untilCompiled(Testbed bed, Findings found, Step step) throws Exception {
        int number = 0;
        double share;
        do {
            double compilers = bed.compilerSeconds();
            double all = cpu(bed);
            step.run(number);
            share = (bed.compilerSeconds() - compilers) / (cpu(bed) - all);
            number++;
        } while (share > LITTLE && number < bed.effort().size(MOST_STEPS, 1));
        found.note("Warm-up: " + number + " steps; in the last the JIT compilers took " + Math.round(share * 100)
                + " % of the CPU of the services and Kafka.");
    }

    private static double cpu(Testbed bed) {
        return bed.jvms().mapToDouble(Proc::cpuSeconds).sum();
    }
}
