package io.lasttable.benchmark.soak;

import java.time.Duration;

/**
 * Something that goes wrong for a while.
 *
 * @param target what it hits; one fault hits a target at a time
 * @param lasts until its end is begun; a process that starts anew takes its own time
 */
record Fault(String target, String kind, Duration lasts, Act begin, Act end) {

    interface Act {
        void run() throws Exception;
    }

    @Override
    public String toString() {
        return target + " " + kind + " for " + lasts.toMillis() + " ms";
    }
}
