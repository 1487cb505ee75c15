package io.lasttable.local;

import io.lasttable.local.demo.DemoData;
import java.nio.file.Path;

/** The platform with two replicas of booking-service, started once for all system tests and stopped with the JVM. */
final class RunningPlatform {

    private static Options options;
    private static Platform platform;

    private RunningPlatform() {}

    static synchronized Platform get() throws Exception {
        if (platform == null) {
            Path data = Path.of(System.getProperty("local.root", ".."))
                    .resolve("local/target/system-test-"
                            + ProcessHandle.current().pid())
                    .toAbsolutePath()
                    .normalize();
            options = Options.onFreePorts(Setup.standard().withReplicas(Service.BOOKING, 2), data);
            platform = Platform.start(options, step -> {});
            Runtime.getRuntime().addShutdownHook(new Thread(platform::close));
            DemoData.publish(options.url());
        }
        return platform;
    }

    static String url() {
        return options.url();
    }

    static int kafkaPort() {
        return options.ports().kafka();
    }
}
