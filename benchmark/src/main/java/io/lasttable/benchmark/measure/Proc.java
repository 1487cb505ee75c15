package io.lasttable.benchmark.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux says of a process, from {@code /proc}. */
public final class Proc {

    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** Linux keeps 15 characters of a thread's name. */
    private static final Pattern COMPILER = Pattern.compile("\\(C[12] CompilerThre\\)");

    private static final int UTIME = 11;
    private static final int STIME = 12;

    private Proc() {}

    /** CPU time used so far, user and system, in seconds, to a hundredth. */
    public static double cpuSeconds(long pid) {
        return cpuSecondsIn(read(pid, "stat"));
    }

    private static double cpuSecondsIn(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }

    /** As {@link #cpuSeconds} for a process and everything it has started that still runs. */
    public static double cpuSecondsOfTree(long pid) {
        double children = ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(child -> cpuSecondsOrNone(child.pid()))
                .sum();
        return cpuSeconds(pid) + children;
    }

    /** CPU time that a JVM's just-in-time compilers have used so far, in seconds, to a hundredth. */
    public static double compilerSeconds(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid), "task"))) {
            return threads.mapToDouble(Proc::compilerSecondsOf).sum();
        } catch (IOException e) {
            throw new UncheckedIOException("Process " + pid + " cannot be read", e);
        }
    }

    private static double compilerSecondsOf(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return COMPILER.matcher(stat).find() ? cpuSecondsIn(stat) : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Resident memory in bytes. */
    public static long residentBytes(long pid) {
        return read(pid, "status")
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Process " + pid + " has no resident memory"));
    }

    private static double cpuSecondsOrNone(long pid) {
        try {
            return cpuSeconds(pid);
        } catch (UncheckedIOException ended) {
            return 0;
        }
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException("Process " + pid + " cannot be read", e);
        }
    }
}
