package io.lasttable.booking.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(6);
    private static final Duration WHOLE = Duration.ofDays(3);

    /** A clock that goes on as the plan says. */
    private Instant now = Instant.parse("2026-11-28T19:00:00Z");

    private final Instant begun = now;

    private List<Duration> pausesUntilGivenUp(RetryPlan plan) {
        List<Duration> pauses = new ArrayList<>();
        Optional<Duration> pause = plan.pause(1, Duration.ZERO, Optional.empty());
        while (pause.isPresent()) {
            pauses.add(pause.get());
            now = now.plus(pause.get());
            pause = plan.pause(pauses.size() + 1, Duration.between(begun, now), Optional.empty());
        }
        return pauses;
    }

    @Test
    void pausesGrowThreefoldUpToTheLongestAndEndAfterThreeDays() {
        List<Duration> pauses = pausesUntilGivenUp(new RetryPlan(FIRST, LONGEST, WHOLE, () -> 0.5));
        assertThat(pauses.subList(0, 4))
                .containsExactly(
                        Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofSeconds(135));
        assertThat(pauses.subList(8, pauses.size() - 1)).containsOnly(LONGEST);
        assertThat(Duration.between(begun, now)).isEqualTo(WHOLE);
        assertThat(pauses).hasSizeBetween(15, 25);
    }

    @Test
    void whatIsPlannedIsWhatComesUpToTheLastAttempt() {
        RetryPlan plan = new RetryPlan(FIRST, LONGEST, WHOLE, () -> 0.5);
        List<Instant> planned = plan.planned(1, begun, begun.plus(FIRST));
        assertThat(planned.subList(0, 3))
                .containsExactly(begun.plusSeconds(5), begun.plusSeconds(20), begun.plusSeconds(65));
        assertThat(planned)
                .endsWith(begun.plus(WHOLE))
                .hasSize(pausesUntilGivenUp(plan).size());
        assertThat(plan.planned(0, begun, begun)).startsWith(begun, begun.plusSeconds(5));
        assertThat(new RetryPlan(Duration.ofMillis(1), Duration.ofMillis(1), WHOLE, () -> 0.5).planned(1, begun, begun))
                .hasSize(50);
    }

    @Test
    void eachPauseIsAFifthLongerOrShorterAtMost() {
        Random random = new Random(7);
        List<Duration> plain = pausesUntilGivenUp(new RetryPlan(FIRST, LONGEST, WHOLE, () -> 0.5));
        now = begun;
        List<Duration> jittered = pausesUntilGivenUp(new RetryPlan(FIRST, LONGEST, WHOLE, random::nextDouble));
        for (int i = 0; i < 10; i++) {
            double ratio = (double) jittered.get(i).toMillis() / plain.get(i).toMillis();
            assertThat(ratio).isBetween(0.8, 1.2);
        }
        assertThat(jittered.subList(0, 10)).isNotEqualTo(plain.subList(0, 10));
        assertThat(Duration.between(begun, now)).isEqualTo(WHOLE);
    }

    @Test
    void aReceiverMayAskForALongerPauseButNotForAShorterOneNorForever() {
        RetryPlan plan = new RetryPlan(FIRST, LONGEST, WHOLE, () -> 0.5);
        assertThat(plan.pause(1, Duration.ZERO, Optional.of(Duration.ofMinutes(2))))
                .contains(Duration.ofMinutes(2));
        assertThat(plan.pause(1, Duration.ZERO, Optional.of(Duration.ZERO))).contains(FIRST);
        assertThat(plan.pause(1, Duration.ZERO, Optional.of(Duration.ofDays(30))))
                .contains(Duration.ofMinutes(432));
    }
}
