package io.lasttable.local;

import io.lasttable.embedded.FreePorts;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Options for a platform of a test's own, on ports that are free. */
public final class FreshOptions {

    private FreshOptions() {}

    public static Options inFolder(Path data) {
        return with(Setup.standard(), data);
    }

    static Options with(Setup setup, Path data) {
        Path root =
                Path.of(System.getProperty("local.root", "..")).toAbsolutePath().normalize();
        int replicas =
                setup.replicas().values().stream().mapToInt(Integer::intValue).sum();
        Ports ports = new Ports(freePortsInARow(1 + replicas), FreePorts.next(), FreePorts.next());
        return new Options(root, data, Options.Run.ALL, ports, setup);
    }

    /** The first of so many free ports in a row: the balancer's and the replicas'. */
    private static int freePortsInARow(int count) {
        for (int first = 20_000; first < 60_000; first += count) {
            if (IntStream.range(first, first + count).allMatch(Ports::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("No " + count + " free ports in a row");
    }
}
