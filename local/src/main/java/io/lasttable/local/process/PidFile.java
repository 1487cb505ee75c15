package io.lasttable.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The processes that belong to a data folder, one a line: name, pid, start time. The start time tells a process from a
 * later one with the same pid, so nothing but our own is ever stopped.
 */
public final class PidFile {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private record Entry(String name, long pid, Instant startedAt) {

        static Entry of(String name, ProcessHandle process) {
            return new Entry(name, process.pid(), startOf(process));
        }

        static Entry parse(String line) {
            String[] parts = line.split(" ");
            return new Entry(parts[0], Long.parseLong(parts[1]), Instant.parse(parts[2]));
        }

        String line() {
            return name + " " + pid + " " + startedAt + "\n";
        }

        Optional<ProcessHandle> running() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> startOf(process).equals(startedAt));
        }

        private static Instant startOf(ProcessHandle process) {
            return process.info().startInstant().orElse(Instant.EPOCH);
        }
    }

    private final Path file;

    public PidFile(Path file) {
        this.file = file;
    }

    public synchronized void add(String name, ProcessHandle process) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path written = Files.writeString(
                    file, Entry.of(name, process).line(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            assert written.equals(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    /** The pid of a running process of that name. */
    public synchronized Optional<Long> running(String name) {
        return entries().stream()
                .filter(entry -> entry.name().equals(name))
                .filter(entry -> entry.running().isPresent())
                .map(Entry::pid)
                .findFirst();
    }

    /**
     * Stops what still runs, newest first (services before the servers they use), by force after a grace period.
     *
     * @return the names of what was stopped
     */
    public synchronized List<String> stopAll() {
        List<String> stopped = new ArrayList<>();
        List<Entry> entries = entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            entry.running()
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .ifPresent(process -> {
                        stop(process);
                        stopped.add(entry.name());
                    });
        }
        clear();
        return stopped;
    }

    public synchronized void clear() {
        try {
            boolean existed = Files.deleteIfExists(file);
            assert existed || !Files.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + file, e);
        }
    }

    private List<Entry> entries() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream().map(Entry::parse).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    private static void stop(ProcessHandle process) {
        boolean asked = process.destroy();
        try {
            ProcessHandle ended = process.onExit().get(asked ? GRACE.toMillis() : 0, TimeUnit.MILLISECONDS);
            assert !ended.isAlive();
        } catch (TimeoutException | ExecutionException stillThere) {
            kill(process);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill(process);
        }
    }

    private static void kill(ProcessHandle process) {
        boolean killed = process.destroyForcibly();
        assert killed || !process.isAlive();
    }
}
