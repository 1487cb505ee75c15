package io.lasttable.benchmark.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a report says of where it was measured. */
public final class Machine {

    private Machine() {}

    /** Name and value, in the order to print. */
    public static Map<String, String> describe() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processor", cpuModel());
        machine.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
        machine.put("memory", memory());
        machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        machine.put("open files", String.valueOf(openFiles()));
        machine.put("load at start", lines("/proc/loadavg").stream().findFirst().orElse("unknown"));
        return machine;
    }

    /** How many descriptors, and so connections, a process may have; the hard limit, which the JVM raises itself to. */
    public static int openFiles() {
        return lines("/proc/self/limits").stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.trim().split("\\s+"))
                .map(columns -> columns[4])
                .filter(hard -> hard.matches("\\d{1,9}"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
    }

    private static String cpuModel() {
        return valueOf("/proc/cpuinfo", "model name");
    }

    private static String memory() {
        return valueOf("/proc/meminfo", "MemTotal");
    }

    private static String valueOf(String file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse("unknown");
    }

    private static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException notLinux) {
            return List.of();
        }
    }
}
