package io.lasttable.booking.outbox;

import java.util.concurrent.atomic.AtomicBoolean;

/** What is loaded for one shard is loaded for all: done once in a process, and again after it has failed. */
final class Rehearsal {

    private final AtomicBoolean done = new AtomicBoolean();

    void once(Runnable rehearsal) {
        if (done.getAndSet(true)) {
            return;
        }
        try {
            rehearsal.run();
        } catch (RuntimeException e) {
            done.set(false);
            throw e;
        }
    }
}
