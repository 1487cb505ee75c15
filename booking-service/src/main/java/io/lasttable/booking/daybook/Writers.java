package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which days share a transaction. A group goes at once and alone while fewer than {@code lasttable.queue.writers} transactions are
 * under way. Whoever comes beyond that waits for one of them to end, and goes with all who wait then, of whatever venues, up to
 * {@code lasttable.queue.max-days}: the busier, the more share a BEGIN, a read and a COMMIT, and the cheaper is each.
 *
 * <p>Nobody fails or waits for long because of another's day. What is shared waits for no lock of a day and for others a moment
 * only, and when it cannot be had each group is decided alone ({@link DayBook#share}). A transaction that takes longer than {@link #PATIENCE} makes room for the next one,
 * as does each that is decided alone after it could not be shared. A move over two days shares nothing.
 *
 * <p>Guarded by this object's monitor, which is never held while a transaction runs.
 */
final class Writers {

    /** A transaction that takes longer waits for somebody; those who do not should not wait with it. */
    static final Duration PATIENCE = Duration.ofMillis(50);

    private final DayBook book;
    private final DaybookSettings.Queue limits;
    private final DistributionSummary together;
    private final Counter apart;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final Set<Flight> inFlight = new HashSet<>();

    private record Turn(Group group, UniEmitter<? super List<Decision>> answer) {}

    /** A transaction that counts; equal to itself alone. */
    private static final class Flight {

        private final List<Turn> turns;
        private final long since = System.nanoTime();

        Flight(List<Turn> turns) {
            this.turns = turns;
        }

        List<Group> groups() {
            return turns.stream().map(Turn::group).toList();
        }
    }

    Writers(DayBook book, DaybookSettings.Queue limits, MeterRegistry registry) {
        this.book = book;
        this.limits = limits;
        this.together = DistributionSummary.builder("lasttable.day.together")
                .description("Days that were decided in one transaction")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        this.apart = Counter.builder("lasttable.day.apart")
                .description("Days that were to share a transaction and were decided alone")
                .register(registry);
    }

    /** Decides about a group, alone or with others; fails as {@link DayBook#decide} does. */
    Uni<List<Decision>> decide(Group group) {
        return group.days().size() > 1
                ? book.decide(group)
                : Uni.createFrom().emitter(answer -> take(new Turn(group, answer)));
    }

    private void take(Turn turn) {
        synchronized (this) {
            waiting.add(turn);
        }
        goOn();
    }

    /** No longer counts what has been under way for too long. */
    void giveWay(long now) {
        synchronized (this) {
            inFlight.removeIf(flight -> flight.since - (now - PATIENCE.toNanos()) < 0);
        }
        goOn();
    }

    private void landed(Flight flight) {
        synchronized (this) {
            inFlight.remove(flight);
        }
        goOn();
    }

    private void goOn() {
        for (Optional<Flight> next = next(); next.isPresent(); next = next()) {
            start(next.get());
        }
    }

    private synchronized Optional<Flight> next() {
        if (waiting.isEmpty() || inFlight.size() >= limits.writers()) {
            return Optional.empty();
        }
        List<Turn> turns = new ArrayList<>();
        int requests = 0;
        do {
            turns.add(waiting.poll());
            requests += turns.get(turns.size() - 1).group().asked().size();
        } while (!waiting.isEmpty()
                && turns.size() < limits.maxDays()
                && requests + waiting.peek().group().asked().size() <= limits.maxBatch());
        Flight flight = new Flight(turns);
        inFlight.add(flight);
        return Optional.of(flight);
    }

    private void start(Flight flight) {
        if (flight.turns.size() == 1) {
            alone(flight.turns.get(0), () -> landed(flight));
            return;
        }
        var running = book.share(flight.groups())
                .onTermination()
                .invoke(() -> landed(flight))
                .subscribe()
                .with(
                        decided -> tell(flight.turns, decided),
                        failure -> flight.turns.forEach(turn -> turn.answer().fail(failure)));
        assert running != null;
    }

    private void tell(List<Turn> turns, List<Optional<List<Decision>>> decided) {
        long shared = decided.stream().filter(Optional::isPresent).count();
        if (shared > 0) {
            together.record(shared);
        }
        apart.increment(turns.size() - shared);
        for (int i = 0; i < turns.size(); i++) {
            Turn turn = turns.get(i);
            decided.get(i).ifPresentOrElse(turn.answer()::complete, () -> alone(turn, () -> {}));
        }
    }

    private void alone(Turn turn, Runnable after) {
        together.record(1);
        var running = book.decide(turn.group())
                .onTermination()
                .invoke(after)
                .subscribe()
                .with(turn.answer()::complete, turn.answer()::fail);
        assert running != null;
    }
}
