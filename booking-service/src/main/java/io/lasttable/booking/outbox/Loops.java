package io.lasttable.booking.outbox;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;

/** Threads that run as long as the process. One that ends before does so for a fault that only a restart cures. */
final class Loops {

    private static final Logger LOG = Logger.getLogger(Loops.class);

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    void start(Runnable loop, String name) {
        Thread thread = new Thread(loop, name);
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, e) -> LOG.errorf(e, "Thread %s ended", failed.getName()));
        threads.add(thread);
        thread.start();
    }

    List<String> ended() {
        return threads.stream()
                .filter(thread -> !thread.isAlive())
                .map(Thread::getName)
                .toList();
    }

    /** Waits for each to end, once they have been told to. */
    void join(Duration most) {
        for (Thread thread : threads) {
            try {
                thread.join(most.toMillis());
            } catch (InterruptedException e) {
                LOG.warn("Interrupted while the relay gave its shards back");
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
