package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Command.Book;
import io.lasttable.booking.day.DayKey;
import io.lasttable.booking.day.Decision;
import io.lasttable.booking.day.Decision.Elsewhere;
import io.lasttable.booking.daybook.Waiters.Waiter;
import io.lasttable.booking.problem.Problem;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * How requests get to a day.
 *
 * <ol>
 *   <li>{@link #ask}: the committed day is read without its lock ({@link Looks}); a request that cannot win is refused there and
 *       then and writes nothing. The look is left out where the day had plenty of room when it was last seen ({@link RoomSeen}), and for
 *       one who comes alone to a day that this replica has not seen.
 *   <li>{@link #submit}: what may win waits in the day's queue while a transaction of this replica is in flight for the day (or
 *       for the pair of days of a move), and is decided in the next one together with whoever else waits, in order of arrival:
 *       group commit. Under load that one is shared with other days ({@link Writers}).
 *   <li>A request that turns out to concern other days (its reservation has moved, or wants to) is decided again in the queue
 *       of those.
 * </ol>
 *
 * Everything that waits is counted: past {@code lasttable.queue.max-waiting} for a day or {@code lasttable.queue.max-total} in
 * all, a request is refused as overloaded, so the heap does not grow with the demand. When a group fails for a reason of its
 * own, not for one that {@link Retries} knows, each of its requests is decided alone: a request that the database will not have
 * cannot take others down with it.
 *
 * <p>The queues are guarded by this object's monitor, which is never held while a transaction runs.
 */
@ApplicationScoped
public class DayQueue {

    private static final int MOST_HOPS = 5;

    /** The longest that anybody waits for a transaction to begin, and for the answer of one that has. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private static final Duration LONGEST_FLIGHT = Duration.ofSeconds(20);

    private final DayBook book;
    private final Looks looks;
    private final Writers writers;
    private final DaybookSettings.Queue limits;
    private final DistributionSummary batches;
    private final AtomicInteger inside = new AtomicInteger();
    private final Map<SortedSet<DayKey>, Waiters> queues = new HashMap<>();
    private int waiting;

    @Inject
    DayQueue(DayBook book, DaybookSettings settings, MeterRegistry registry) {
        this(book, settings.queue(), registry);
    }

    DayQueue(DayBook book, DaybookSettings.Queue limits, MeterRegistry registry) {
        this.book = book;
        this.looks = new Looks(book);
        this.writers = new Writers(book, limits, registry);
        this.limits = limits;
        this.batches = DistributionSummary.builder("lasttable.day.batch")
                .description("Requests for one day that were decided in one transaction")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        Gauge gauge = Gauge.builder("lasttable.day.queue.waiting", this, DayQueue::waiting)
                .register(registry);
        assert gauge != null;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        long timer = vertx.setPeriodic(1_000, tick -> giveUpOnTheLate(System.nanoTime()));
        long often = vertx.setPeriodic(Writers.PATIENCE.toMillis() / 2, tick -> writers.giveWay(System.nanoTime()));
        assert timer != often;
    }

    /** Refuses from a look at the committed day when the request cannot win, else has it decided under the lock. */
    public Uni<Decision> ask(DayKey key, Asked asked) {
        return ask(DayKey.only(key), asked);
    }

    /** As {@link #ask(DayKey, Asked)}, of the days that a move leaves and goes to; both of one venue. */
    public Uni<Decision> ask(SortedSet<DayKey> keys, Asked asked) {
        return bounded(() -> needsNoLook(keys, asked)
                ? decide(keys, asked, MOST_HOPS)
                : looks.answer(keys, asked)
                        .chain(answer ->
                                answer.map(Uni.createFrom()::item).orElseGet(() -> decide(keys, asked, MOST_HOPS))));
    }

    /** Where there is plenty of room, and where nothing is known but nobody else is here: there is no crowd to keep away. */
    private boolean needsNoLook(SortedSet<DayKey> keys, Asked asked) {
        return asked.command() instanceof Book wanted
                && switch (book.roomSeen(keys.first(), wanted)) {
                    case PLENTY -> true;
                    case LITTLE -> false;
                    case UNKNOWN -> isNobodyAt(keys);
                };
    }

    private boolean isNobodyAt(SortedSet<DayKey> keys) {
        synchronized (this) {
            if (queues.containsKey(keys)) {
                return false;
            }
        }
        return !looks.areUnderWay(keys.first());
    }

    /** Has the request decided under the day's lock. */
    public Uni<Decision> submit(DayKey key, Asked asked) {
        return bounded(() -> decide(DayKey.only(key), asked, MOST_HOPS));
    }

    private Uni<Decision> decide(SortedSet<DayKey> keys, Asked asked, int hops) {
        Uni<Decision> decided =
                Uni.createFrom().emitter(answer -> enqueue(keys, new Waiter(asked, answer, System.nanoTime())));
        return decided.chain(decision -> {
            if (!(decision instanceof Elsewhere elsewhere)) {
                return Uni.createFrom().item(decision);
            }
            SortedSet<DayKey> other = new TreeSet<>();
            elsewhere.dates().forEach(date -> other.add(new DayKey(keys.first().venueId(), date)));
            return hops == 0
                    ? Uni.createFrom().failure(overloaded("It keeps moving between dates; try again."))
                    : decide(other, asked, hops - 1);
        });
    }

    private void enqueue(SortedSet<DayKey> keys, Waiter asker) {
        boolean first;
        boolean full;
        synchronized (this) {
            Waiters queue = queues.get(keys);
            first = queue == null;
            full = !first && queue.behind() >= limits.maxWaiting();
            if (first) {
                queues.put(keys, new Waiters(asker));
            } else if (!full) {
                queue.add(asker);
                waiting++;
            }
        }
        if (first) {
            run(keys, List.of(asker));
        } else if (full) {
            asker.answer().fail(overloaded("Too many requests wait for this day; try again in a second."));
        }
    }

    private void run(SortedSet<DayKey> keys, List<Waiter> batch) {
        batches.record(batch.size());
        var running = writers.decide(
                        new Group(keys, batch.stream().map(Waiter::asked).toList()))
                .subscribe()
                .with(decisions -> answer(keys, batch, decisions), failure -> fail(keys, batch, failure));
        assert running != null;
    }

    private void answer(SortedSet<DayKey> keys, List<Waiter> batch, List<Decision> decisions) {
        runNext(keys);
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer().complete(decisions.get(i));
        }
    }

    private void fail(SortedSet<DayKey> keys, List<Waiter> batch, Throwable failure) {
        if (batch.size() > 1 && !(failure instanceof Problem)) {
            oneByOne(keys, batch, 0);
            return;
        }
        runNext(keys);
        batch.forEach(asker -> asker.answer().fail(failure));
    }

    private void oneByOne(SortedSet<DayKey> keys, List<Waiter> batch, int index) {
        if (index == batch.size()) {
            runNext(keys);
            return;
        }
        Waiter asker = batch.get(index);
        var running = book.decide(new Group(keys, List.of(asker.asked())))
                .onTermination()
                .invoke(() -> oneByOne(keys, batch, index + 1))
                .subscribe()
                .with(
                        decisions -> asker.answer().complete(decisions.get(0)),
                        failure -> asker.answer().fail(failure));
        assert running != null;
    }

    private void runNext(SortedSet<DayKey> keys) {
        List<Waiter> next;
        synchronized (this) {
            next = queues.get(keys).next(limits.maxBatch());
            waiting -= next.size();
            if (next.isEmpty()) {
                Waiters gone = queues.remove(keys);
                assert gone.behind() == 0;
            }
        }
        if (!next.isEmpty()) {
            run(keys, next);
        }
    }

    /**
     * Answers those who have waited too long, when the database has gone silent. Who was not decided about yet never will be; of
     * the others nobody here knows.
     */
    void giveUpOnTheLate(long now) {
        List<Waiter> late = new ArrayList<>();
        List<Waiter> open = new ArrayList<>();
        synchronized (this) {
            queues.values().forEach(queue -> {
                late.addAll(queue.withdraw(now - LONGEST_WAIT.toNanos()));
                open.addAll(queue.overdue(now - LONGEST_FLIGHT.toNanos()));
            });
            waiting -= late.size();
        }
        looks.giveUpOnTheLate(now - LONGEST_WAIT.toNanos());
        late.forEach(waiter -> waiter.answer().fail(overloaded("The day cannot be reached at present; try again.")));
        open.forEach(waiter -> waiter.answer().fail(DayTransaction.outcomeOpen()));
    }

    synchronized int waiting() {
        return waiting;
    }

    /** Counts what is inside. */
    private <T> Uni<T> bounded(Supplier<Uni<? extends T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (inside.incrementAndGet() > limits.maxTotal()) {
                int left = inside.decrementAndGet();
                return Uni.createFrom()
                        .failure(overloaded("The service has " + left + " requests waiting; try again."));
            }
            return here(Uni.createFrom().<T>deferred(work).onTermination().invoke(inside::decrementAndGet));
        });
    }

    /** Goes on where the caller is: one look or step answers many requests, each goes on on its own event loop. */
    static <T> Uni<T> here(Uni<T> answer) {
        Context caller = Vertx.currentContext();
        return caller == null ? answer : answer.emitOn(task -> caller.runOnContext(nothing -> task.run()));
    }

    static Problem overloaded(String detail) {
        return Problem.of(Problem.Type.OVERLOADED, detail);
    }
}
