package io.lasttable.benchmark.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A running JVM, asked through the JDK's own {@code jcmd}. */
public final class Jvm {

    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    private Jvm() {}

    /** Bytes of live objects, after a full collection. */
    public static long liveHeapBytes(long pid) throws IOException, InterruptedException {
        String histogram = Command.run(List.of(JCMD, String.valueOf(pid), "GC.class_histogram"));
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No total in the class histogram of " + pid));
        String[] columns = total.trim().split("\\s+");
        return Long.parseLong(columns[2]);
    }

    /** The classes with most live bytes, as jcmd prints them. */
    public static List<String> largestClasses(long pid, int most) throws IOException, InterruptedException {
        return Command.run(List.of(JCMD, String.valueOf(pid), "GC.class_histogram"))
                .lines()
                .filter(line -> line.trim().matches("\\d+:\\s+\\d+.*"))
                .limit(most)
                .toList();
    }
}
