package io.lasttable.booking.day;

import io.lasttable.booking.BookingConfig;
import io.lasttable.booking.problem.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Group commit: at most one transaction of this replica is in flight for a day. What arrives meanwhile waits in a bounded
 * line and is decided together, in arrival order, in the next one.
 *
 * <p>Before anything waits, the committed day is read without its lock: a request that cannot win is refused there and then
 * and writes nothing. The lines are guarded by this object's monitor, which is never held while a transaction runs.
 */
@ApplicationScoped
public class DayQueue {

    private record Waiting(Command command, UniEmitter<? super Decision> answer) {}

    private final DayBook book;
    private final int maxWaiting;
    private final int maxBatch;
    private final Map<DayKey, Deque<Waiting>> lines = new HashMap<>();

    DayQueue(DayBook book, BookingConfig config) {
        this.book = book;
        maxWaiting = config.queue().maxWaiting();
        maxBatch = config.queue().maxBatch();
    }

    /** Books when the committed day still has room; refuses from that look alone when it has not. */
    public Uni<Decision> book(DayKey key, Command.Book command) {
        return book.look(key)
                .map(day -> day.decide(command, java.time.Clock.systemUTC().instant()))
                .chain(hint -> hint instanceof Decision.Accepted
                        ? submit(key, command)
                        : Uni.createFrom().item(hint));
    }

    /** Has the command decided under the day's lock; fails as overloaded when the line is full. */
    public Uni<Decision> submit(DayKey key, Command command) {
        return Uni.createFrom().emitter(answer -> enqueue(key, new Waiting(command, answer)));
    }

    private void enqueue(DayKey key, Waiting waiting) {
        boolean first;
        synchronized (this) {
            Deque<Waiting> line = lines.get(key);
            first = line == null;
            if (first) {
                lines.put(key, new ArrayDeque<>());
            } else if (line.size() >= maxWaiting) {
                waiting.answer().fail(Problem.of(Problem.Type.OVERLOADED, "Try again in a second."));
            } else {
                line.add(waiting);
            }
        }
        if (first) {
            run(key, List.of(waiting));
        }
    }

    private void run(DayKey key, List<Waiting> batch) {
        var running = book.decide(key, batch.stream().map(Waiting::command).toList())
                .subscribe()
                .with(decisions -> answer(key, batch, decisions), failure -> fail(key, batch, failure));
        assert running != null;
    }

    private void answer(DayKey key, List<Waiting> batch, List<Decision> decisions) {
        runNext(key);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(decisions.get(i));
        }
    }

    private void fail(DayKey key, List<Waiting> batch, Throwable failure) {
        runNext(key);
        batch.forEach(waiting -> waiting.answer().fail(failure));
    }

    private void runNext(DayKey key) {
        List<Waiting> next = new ArrayList<>();
        synchronized (this) {
            Deque<Waiting> line = lines.get(key);
            while (!line.isEmpty() && next.size() < maxBatch) {
                next.add(line.poll());
            }
            if (next.isEmpty()) {
                lines.remove(key, line);
            }
        }
        if (!next.isEmpty()) {
            run(key, next);
        }
    }
}
