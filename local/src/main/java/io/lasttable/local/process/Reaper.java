package io.lasttable.local.process;

import java.nio.file.Path;
import java.util.List;

/**
 * A tiny process beside the platform: when the platform is gone without having cleaned up (kill -9, a crash), it stops
 * what the {@link PidFile} still lists. Signals are ignored by means of {@code -Xrs} and a session of its own is not
 * needed: on Ctrl-C the platform stops everything itself, and this one finds nothing left to do.
 */
public final class Reaper {

    private Reaper() {}

    /** Starts the reaper for this very process; it ends soon after this one does. */
    public static Process start(Path pidFile) throws java.io.IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-classpath",
                System.getProperty("java.class.path"),
                Reaper.class.getName(),
                String.valueOf(ProcessHandle.current().pid()),
                pidFile.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Arguments: the pid to watch, the pid file to clear up. */
    public static void main(String[] arguments) {
        ProcessHandle.of(Long.parseLong(arguments[0])).ifPresent(platform -> {
            ProcessHandle ended = platform.onExit().join();
            assert !ended.isAlive();
        });
        List<String> stopped = new PidFile(Path.of(arguments[1])).stopAll();
        assert stopped != null;
    }
}
