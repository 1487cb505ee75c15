package io.lasttable.notify.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a clock that only the test moves, by what it is told to wait. */
class PollRateTest {

    private static final Duration SPACING = Duration.ofMillis(5);

    private long now = Long.MAX_VALUE - Duration.ofMillis(12).toNanos();
    private final PollRate polls = new PollRate(SPACING, 3, () -> now);

    @Test
    void aBurstGoesAtOnceAndThenOneEachSpacing() {
        assertEquals(Duration.ZERO, poll());
        assertEquals(Duration.ZERO, poll());
        assertEquals(Duration.ZERO, poll());
        assertEquals(SPACING, poll());
        pass(Duration.ofMillis(2));
        assertEquals(Duration.ofMillis(3), poll());
    }

    @Test
    void quietTimeBringsTheBurstBackButNoMore() {
        for (int i = 0; i < 10; i++) {
            Duration waited = poll();
            assert !waited.isNegative();
        }
        pass(Duration.ofHours(1));
        aBurstGoesAtOnceAndThenOneEachSpacing();
    }

    @Test
    void slowerThanTheSpacingNeverWaits() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Duration.ZERO, poll());
            pass(SPACING);
        }
    }

    private Duration poll() {
        Duration wait = polls.take();
        pass(wait);
        return wait;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
