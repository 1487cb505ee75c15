package io.lasttable.booking.daybook;

import io.lasttable.booking.day.Decision;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Who waits for one day: those whose transaction is in flight, and those behind it in order of arrival. Guarded by its owner. */
final class Waiters {

    /** @param since when it came, as {@link System#nanoTime} */
    record Waiter(Asked asked, UniEmitter<? super Decision> answer, long since) {}

    private final Deque<Waiter> behind = new ArrayDeque<>();
    private List<Waiter> inFlight;

    Waiters(Waiter first) {
        inFlight = List.of(first);
    }

    int behind() {
        return behind.size();
    }

    void add(Waiter waiter) {
        behind.add(waiter);
    }

    /** The next group, now in flight; empty when nobody waits. */
    List<Waiter> next(int most) {
        inFlight = new ArrayList<>();
        while (!behind.isEmpty() && inFlight.size() < most) {
            inFlight.add(behind.poll());
        }
        return inFlight;
    }

    /** Takes out those behind that came before an instant; nothing is done for them any more. */
    List<Waiter> withdraw(long before) {
        List<Waiter> late = new ArrayList<>();
        while (!behind.isEmpty() && behind.peek().since() - before < 0) {
            late.add(behind.poll());
        }
        return late;
    }

    /** Those in flight that came before an instant; what becomes of them is open. */
    List<Waiter> overdue(long before) {
        return inFlight.stream().filter(waiter -> waiter.since() - before < 0).toList();
    }
}
