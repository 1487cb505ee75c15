package io.lasttable.benchmark.soak;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signals to a process and its children: PostgreSQL is many. */
final class Processes {

    private Processes() {}

    /** As the kernel kills. */
    static void kill(long pid) throws IOException, InterruptedException {
        signal("KILL", withChildren(pid));
    }

    static void pause(long pid) throws IOException, InterruptedException {
        signal("STOP", withChildren(pid));
    }

    static void goOn(long pid) throws IOException, InterruptedException {
        signal("CONT", withChildren(pid));
    }

    static void signal(String name, long pid) throws IOException, InterruptedException {
        signal(name, List.of(pid));
    }

    private static void signal(String name, List<Long> pids) throws IOException, InterruptedException {
        String all = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        // Some may be gone by now, and kill says so.
        int code = new ProcessBuilder("sh", "-c", "kill -" + name + " " + all)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assert code >= 0;
    }

    private static List<Long> withChildren(long pid) {
        return ProcessHandle.of(pid).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid)
                .toList();
    }
}
