package io.lasttable.notify.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A loop whose turns the test takes, and a clock that its tasks move. */
class PaceTest {

    private final Queue<Runnable> turns = new ArrayDeque<>();
    private final List<Integer> done = new ArrayList<>();
    private long now;
    private final Pace pace = new Pace(turns::add, () -> now);

    @Test
    void aTurnTakesAsMuchAsFitsIntoItsBudget() {
        IntStream.range(0, 10).forEach(task -> add(task, 1));
        turn();
        assertThat(done).containsExactly(0, 1, 2, 3);
        turn();
        turn();
        assertThat(done).hasSize(10).isSorted();
        assertThat(turns).isEmpty();
    }

    @Test
    void whatTakesLongerThanTheBudgetIsDoneAllTheSameAndAlone() {
        add(0, 50);
        add(1, 50);
        turn();
        assertThat(done).containsExactly(0);
        turn();
        assertThat(done).containsExactly(0, 1);
    }

    @Test
    void whatIsAddedMeanwhileWaitsInLineForTheSameTurn() {
        pace.add(() -> add(2, 0));
        add(1, 0);
        turn();
        assertThat(done).containsExactly(1, 2);
        assertThat(turns).isEmpty();
    }

    @Test
    void whoFailsKeepsNobodyWaiting() {
        pace.add(() -> {
            throw new IllegalStateException("expected");
        });
        add(1, 0);
        assertThatThrownBy(this::turn).hasMessage("expected");
        turn();
        assertThat(done).containsExactly(1);
        add(2, 0);
        turn();
        assertThat(done).containsExactly(1, 2);
    }

    private void add(int task, int millis) {
        pace.add(() -> {
            done.add(task);
            now += TimeUnit.MILLISECONDS.toNanos(millis);
        });
    }

    private void turn() {
        turns.remove().run();
    }
}
