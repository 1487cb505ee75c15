package io.lasttable.booking.daybook;

import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Request;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.IntConsumer;

/**
 * Group commit: at most one transaction of this replica is in flight for a day (or for the pair of days of a move). What
 * arrives meanwhile waits in a bounded line and is decided together, in arrival order, in the next one.
 *
 * <p>The lines are guarded by this object's monitor, which is never held while a transaction runs. When a group fails for a
 * reason of its own, not for one that {@link Retries} knows, each of its requests is decided alone: a request that the database
 * will not have cannot take others down with it.
 */
final class DayLines {

    private record Waiting(Request request, UniEmitter<? super Decision> answer) {}

    private final DayBook book;
    private final int maxWaiting;
    private final int maxBatch;
    private final IntConsumer batches;
    private final Map<SortedSet<DayKey>, Deque<Waiting>> lines = new HashMap<>();
    private int waiting;

    DayLines(DayBook book, int maxWaiting, int maxBatch, IntConsumer batches) {
        this.book = book;
        this.maxWaiting = maxWaiting;
        this.maxBatch = maxBatch;
        this.batches = batches;
    }

    /** Fails as overloaded when the line is full. */
    Uni<Decision> submit(SortedSet<DayKey> keys, Request request) {
        return Uni.createFrom().emitter(answer -> enqueue(keys, new Waiting(request, answer)));
    }

    synchronized int waiting() {
        return waiting;
    }

    private void enqueue(SortedSet<DayKey> keys, Waiting asker) {
        boolean first;
        boolean full;
        synchronized (this) {
            Deque<Waiting> line = lines.get(keys);
            first = line == null;
            full = !first && line.size() >= maxWaiting;
            if (first) {
                lines.put(keys, new ArrayDeque<>());
            } else if (!full) {
                line.add(asker);
                waiting++;
            }
        }
        if (first) {
            run(keys, List.of(asker));
        } else if (full) {
            asker.answer().fail(DayQueue.overloaded("The line for this day is full; try again in a second."));
        }
    }

    private void run(SortedSet<DayKey> keys, List<Waiting> batch) {
        batches.accept(batch.size());
        var running = book.decide(keys, batch.stream().map(Waiting::request).toList())
                .subscribe()
                .with(decisions -> answer(keys, batch, decisions), failure -> fail(keys, batch, failure));
        assert running != null;
    }

    private void answer(SortedSet<DayKey> keys, List<Waiting> batch, List<Decision> decisions) {
        runNext(keys);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(decisions.get(i));
        }
    }

    private void fail(SortedSet<DayKey> keys, List<Waiting> batch, Throwable failure) {
        if (batch.size() > 1 && !(failure instanceof Problem)) {
            oneByOne(keys, batch, 0);
            return;
        }
        runNext(keys);
        batch.forEach(asker -> asker.answer().fail(failure));
    }

    private void oneByOne(SortedSet<DayKey> keys, List<Waiting> batch, int index) {
        if (index == batch.size()) {
            runNext(keys);
            return;
        }
        Waiting asker = batch.get(index);
        var running = book.decide(keys, List.of(asker.request()))
                .onTermination()
                .invoke(() -> oneByOne(keys, batch, index + 1))
                .subscribe()
                .with(
                        decisions -> asker.answer().complete(decisions.get(0)),
                        failure -> asker.answer().fail(failure));
        assert running != null;
    }

    private void runNext(SortedSet<DayKey> keys) {
        List<Waiting> next = new ArrayList<>();
        synchronized (this) {
            Deque<Waiting> line = lines.get(keys);
            while (!line.isEmpty() && next.size() < maxBatch) {
                next.add(line.poll());
                waiting--;
            }
            if (next.isEmpty()) {
                lines.remove(keys, line);
            }
        }
        if (!next.isEmpty()) {
            run(keys, next);
        }
    }
}
