package io.lasttable.local;

import io.lasttable.embedded.FreePorts;
import io.lasttable.local.demo.DemoData;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** The platform, started once for all system tests on ports that are free, and stopped with the JVM. */
final class RunningPlatform {

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
            options = new Options(root, false, fiveFreePorts(), FreePorts.next(), FreePorts.next(), data);
            platform = Platform.start(options, step -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
            DemoData.publish(options.url());
        }
        return platform;
    }

    static String url() {
        return options.url();
    }

    /** The first of five free ports in a row: the balancer's and the services'. */
    private static int fiveFreePorts() {
        for (int first = 20_000; first < 60_000; first += 5) {
            if (areFree(first)) {
                return first;
            }
        }
        throw new IllegalStateException("No five free ports in a row");
    }

    private static boolean areFree(int first) {
        for (int port = first; port < first + 5; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                assert socket.isBound();
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }
}
