package io.lasttable.local;

import io.lasttable.embedded.FreePorts;
import io.lasttable.local.demo.DemoData;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The platform, started once for all system tests on ports that are free, and stopped with the JVM. */
final class RunningPlatform {

    /** Two of booking-service, one of availability-service, two of notify-service. */
    private static final int REPLICAS = 5;

    private static Options options;
    private static Platform platform;

    private RunningPlatform() {}

    static synchronized Platform get() throws Exception {
        if (platform == null) {
            Path root = Path.of(System.getProperty("local.root", ".."))
                    .toAbsolutePath()
                    .normalize();
            Path data = root.resolve(
                    "local/target/system-test-" + ProcessHandle.current().pid());
            Setup setup = Setup.standard().withReplicas(Service.BOOKING, 2);
            Ports ports = new Ports(freePortsInARow(1 + REPLICAS), FreePorts.next(), FreePorts.next());
            options = new Options(root, data, Options.Run.ALL, ports, setup);
            platform = Platform.start(options, step -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
            DemoData.publish(options.url());
        }
        return platform;
    }

    static String url() {
        return options.url();
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
