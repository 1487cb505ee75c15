package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.BenchVenue;
import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Jvm;
import io.lasttable.benchmark.measure.Proc;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Service;
import io.lasttable.local.Setup;
import java.util.List;

/** What an idle watcher costs. */
public final class IdleMemory implements Scenario {

    private static final double JVM_TARGET_KB = 14;
    private static final double NATIVE_TARGET_KB = 10;
    private static final double KB = 1_000;
    private static final long IDLE_MS = 10_000;

    @Override
    public String name() {
        return "idle-memory";
    }

    @Override
    public String question() {
        return "How much resident memory (VmRSS) and, on a JVM, live heap after a full collection one more idle watched"
                + " connection takes in one replica of notify-service: 10,000 connections over 100 days, against the same"
                + " process with 500, each ten seconds after the last of them has come.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        boolean executable = bed.standard().isExecutable(Service.NOTIFY);
        for (int round = 0; round < bed.effort().rounds(); round++) {
            round(bed, found, executable, round);
        }
        found.atMost("resident per connection", executable ? NATIVE_TARGET_KB : JVM_TARGET_KB);
    }

    private static void round(Testbed bed, Findings found, boolean executable, int round) throws Exception {
        Setup one = bed.standard().withReplicas(Service.NOTIFY, 1);
        bed.freshPlatform(one);
        List<BenchVenue> venues = BenchVenue.many("idle", 10, 4, 10);
        bed.api().publish(venues);
        long pid = bed.pids(Service.NOTIFY).findFirst().orElseThrow();
        int few = bed.effort().size(500, 20);
        int many = bed.effort().size(10_000, 200);
        Live live = Live.watch(bed, few, Live.days(venues));
        Thread.sleep(IDLE_MS);
        double heapBefore = executable ? 0 : Jvm.liveHeapBytes(pid);
        double residentBefore = Proc.residentBytes(pid);
        live.close();
        live = Live.watch(bed, many, Live.days(venues));
        Thread.sleep(IDLE_MS);
        double heap = executable ? 0 : Jvm.liveHeapBytes(pid);
        double resident = Proc.residentBytes(pid);
        found.add("resident per connection", "KB", (resident - residentBefore) / (many - few) / KB);
        if (!executable) {
            found.add("live heap per connection", "KB", (heap - heapBefore) / (many - few) / KB);
            if (round == 0) {
                Jvm.largestClasses(pid, 12).forEach(line -> found.note("live: " + line.trim()));
            }
        }
        found.add("resident with " + few, "MB", residentBefore / KB / KB);
        found.add("resident with " + many, "MB", resident / KB / KB);
        live.close();
    }
}
