package io.lasttable.notify.wire;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Work that waits for its share of an event loop: in each turn of the loop as much as fits into a budget of time, at least
 * one task. On the loop's thread only.
 */
public final class Pace {

    /** With a few threads to a core, what one keeps from another is a multiple of this. */
    private static final long BUDGET_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

    private final Executor nextTurn;
    private final LongSupplier nanos;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean awaited;

    /**
     * @param nextTurn runs a task in a later turn of the loop, see {@link Loop#nextTurn}
     * @param nanos a clock like {@link System#nanoTime}
     */
    public Pace(Executor nextTurn, LongSupplier nanos) {
        this.nextTurn = nextTurn;
        this.nanos = nanos;
    }

    /** Runs a task in its turn, after those that wait already. */
    public void add(Runnable task) {
        waiting.add(task);
        awaitTurn();
    }

    private void awaitTurn() {
        if (!awaited) {
            awaited = true;
            nextTurn.execute(this::turn);
        }
    }

    private void turn() {
        long began = nanos.getAsLong();
        try {
            do {
                waiting.remove().run();
            } while (!waiting.isEmpty() && nanos.getAsLong() - began < BUDGET_NANOS);
        } finally {
            awaited = false;
            if (!waiting.isEmpty()) {
                awaitTurn();
            }
        }
    }
}
