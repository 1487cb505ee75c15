package io.lasttable.benchmark.scenario;

import io.lasttable.benchmark.bed.Scenario;
import io.lasttable.benchmark.bed.Testbed;
import io.lasttable.benchmark.measure.Proc;
import io.lasttable.benchmark.report.Findings;
import io.lasttable.local.Platform;
import io.lasttable.local.Service;
import java.util.concurrent.TimeUnit;

/** From nothing to ready. */
public final class ColdStart implements Scenario {

    private static final double NATIVE_START_MS = 100;
    private static final long REST_SECONDS = 3;

    @Override
    public String name() {
        return "cold-start";
    }

    @Override
    public String question() {
        return "How long each service takes from its process' start to a 200 on its readiness, one at a time beside the others,"
                + " and what it holds resident three seconds later.";
    }

    @Override
    public void run(Testbed bed, Findings found) throws Exception {
        Platform platform = bed.freshPlatform(bed.standard());
        for (int round = 0; round < bed.effort().rounds(); round++) {
            for (Service service : Service.values()) {
                String name = service.replicaName(1, bed.standard().replicas().get(service));
                platform.restart(name);
                found.add(service.label() + " ready after", "ms", platform.startMillis(name));
                TimeUnit.SECONDS.sleep(REST_SECONDS);
                found.add(service.label() + " resident", "MB", Proc.residentBytes(platform.pid(name)) / 1e6);
            }
        }
        if (bed.standard().isExecutable(Service.NOTIFY)) {
            found.atMost("notify ready after", NATIVE_START_MS);
        }
    }
}
