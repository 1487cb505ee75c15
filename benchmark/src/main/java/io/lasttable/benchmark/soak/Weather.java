package io.lasttable.benchmark.soak;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Lets faults happen, one begun after the other, each ended on its own, so that they overlap; never two on one target. */
final class Weather implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, CompletableFuture<Void>> going = new HashMap<>();
    private final Consumer<String> log;
    private final long from = System.nanoTime();

    /** @param log is told what happens, and when */
    Weather(Consumer<String> log) {
        this.log = log;
    }

    /** Begins each so long after the one before. */
    void rage(List<Fault> faults, Duration between) throws InterruptedException {
        for (Fault fault : faults) {
            CompletableFuture<Void> before = going.get(fault.target());
            if (before == null || before.isDone()) {
                going.put(fault.target(), CompletableFuture.runAsync(() -> happen(fault), threads));
            }
            TimeUnit.NANOSECONDS.sleep(between.toNanos());
        }
    }

    private void happen(Fault fault) {
        try {
            note(fault + ": begins");
            fault.begin().run();
            TimeUnit.NANOSECONDS.sleep(fault.lasts().toNanos());
            fault.end().run();
            note(fault + ": over");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            note(fault + ": could not be ended, " + e);
            throw new CompletionException(e);
        }
    }

    private synchronized void note(String what) {
        log.accept(String.format("%.1f s: %s", (System.nanoTime() - from) / 1e9, what));
    }

    /** Waits until everything is as it was. */
    void clear() {
        going.values().forEach(CompletableFuture::join);
        going.clear();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
