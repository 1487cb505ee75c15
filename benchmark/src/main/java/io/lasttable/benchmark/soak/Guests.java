package io.lasttable.benchmark.soak;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Guests who go on wishing until they are told to stop. */
final class Guests implements AutoCloseable {

    /** A guest whose request is not answered gives up so long after everything has been repaired. */
    private static final long LAST_ANSWER_MS = 30_000;

    private static final int LONGEST_THOUGHT_MS = 300;

    private final List<Thread> threads = new ArrayList<>();
    private final Town town;
    private final Recorder recorder;
    private final List<URI> replicas;
    private final String token;
    private volatile boolean stopping;
    private volatile long stoppedAt;

    Guests(Town town, Recorder recorder, List<URI> replicas, String token) {
        this.town = town;
        this.recorder = recorder;
        this.replicas = replicas;
        this.token = token;
    }

    /** @param thoughtful whether each pauses between two wishes; a crowd that does not is more than can be served */
    void come(String name, int count, long seed, boolean thoughtful) {
        for (int i = 0; i < count; i++) {
            String own = name + "-" + i;
            Random random = new Random(seed + i);
            Asking asking = new Asking(replicas, token, new Random(seed - i), this::isOverdue);
            Guest guest = new Guest(own, town, asking, recorder, random);
            Thread thread = new Thread(() -> dine(guest, random, thoughtful), own);
            threads.add(thread);
            thread.start();
        }
    }

    private void dine(Guest guest, Random random, boolean thoughtful) {
        try {
            while (!stopping) {
                guest.wish();
                TimeUnit.MILLISECONDS.sleep(thoughtful ? random.nextInt(LONGEST_THOUGHT_MS) : 0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            recorder.strange("A guest could not go on: " + e);
        }
    }

    private boolean isOverdue() {
        return stopping && System.nanoTime() - stoppedAt > TimeUnit.MILLISECONDS.toNanos(LAST_ANSWER_MS);
    }

    /** Waits until each has its last answer, or has given up. */
    void stop() throws InterruptedException {
        stoppedAt = System.nanoTime();
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        threads.clear();
        stopping = false;
    }

    @Override
    public void close() {
        stopping = true;
        threads.forEach(Thread::interrupt);
    }
}
