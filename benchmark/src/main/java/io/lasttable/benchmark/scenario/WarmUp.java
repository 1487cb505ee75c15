package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Proc;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;

/** Work before what is measured, until the JVM has compiled what it is made of: a service that has run for a while. */
final class WarmUp {

    /** Of a service's CPU time; below it what the compiler does still is no longer seen in the figures' spread. */
    private static final double LITTLE = 0.1;

    private static final int MOST_STEPS = 12;

    private WarmUp() {}

    /** A part of the work; the parts are alike. */
    interface Step {

        void run(int number) throws Exception;
    }

    /** Repeats the step until the compilers take little of the service's CPU, or do not come to an end; notes which. */
    static void untilCompiled(Testbed bed, Service service, Findings found, Step step) throws Exception {
        int number = 0;
        double share;
        do {
            double compilers = compilerSeconds(bed, service);
            double all = bed.cpu().get(service.label());
            step.run(number);
            share = (compilerSeconds(bed, service) - compilers) / (bed.cpu().get(service.label()) - all);
            number++;
        } while (share > LITTLE && number < bed.effort().size(MOST_STEPS, 1));
        found.note("Warm-up: " + number + " steps; in the last the JIT compilers took " + Math.round(share * 100)
                + " % of the CPU of " + service.label() + ".");
    }

    private static double compilerSeconds(Testbed bed, Service service) {
        return bed.pids(service).mapToDouble(Proc::compilerSeconds).sum();
    }
}
