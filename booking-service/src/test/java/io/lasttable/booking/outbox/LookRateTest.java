package io.lasttable.booking.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** On a clock that only the test moves. */
class LookRateTest {

    private static final Duration SPACING = Duration.ofMillis(20);

    private long now = Long.MAX_VALUE - Duration.ofMillis(30).toNanos();
    private final LookRate looks = new LookRate(SPACING, 3, () -> now);

    @Test
    void aBurstGoesAtOnceAndThenOneEachSpacing() {
        assertEquals(3, takenNow());
        assertEquals(SPACING, looks.take());
        pass(SPACING.minusNanos(1));
        assertEquals(Duration.ofNanos(1), looks.take());
        pass(Duration.ofNanos(1));
        assertEquals(1, takenNow());
        pass(SPACING);
        assertEquals(1, takenNow());
    }

    @Test
    void quietTimeBringsTheBurstBackButNoMore() {
        assertEquals(3, takenNow());
        pass(SPACING.multipliedBy(2));
        assertEquals(2, takenNow());
        pass(Duration.ofHours(1));
        assertEquals(3, takenNow());
    }

    @Test
    void slowerThanTheSpacingNeverWaits() {
        for (int i = 0; i < 100; i++) {
            assertEquals(Duration.ZERO, looks.take());
            pass(SPACING);
        }
        assertEquals(3, takenNow());
    }

    private int takenNow() {
        int taken = 0;
        while (looks.take().isZero()) {
            taken++;
        }
        return taken;
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}
