package io.lasttable.benchmark.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoopDelayTest {

    private static LoopDelay delays(int upToOne, int upToTwenty, int all) {
        String name = "lasttable_live_event_loop_delay_seconds";
        return LoopDelay.parse(String.join(
                "\n",
                "# TYPE " + name + " histogram",
                name + "_bucket{le=\"0.001\"} " + upToOne,
                name + "_bucket{le=\"0.02\"} " + upToTwenty + ".0",
                name + "_bucket{le=\"+Inf\"} " + all,
                name + "_count " + all,
                "other_bucket{le=\"9.0\"} 77",
                ""));
    }

    @Test
    void theLongestSinceIsTheHighestBucketThatHasGrown() {
        LoopDelay before = delays(10, 15, 16);
        assertThat(delays(10, 15, 16).longestSince(before)).isZero();
        assertThat(delays(12, 17, 18).longestSince(before)).isEqualTo(1);
        assertThat(delays(12, 19, 20).longestSince(before)).isEqualTo(20);
        assertThat(delays(12, 19, 21).longestSince(before)).isInfinite();
    }

    @Test
    void aReplicaThatDoesNotTellIsNoReplicaWithoutDelay() {
        assertThatThrownBy(() -> LoopDelay.parse("up 1\n")).isInstanceOf(IllegalStateException.class);
    }
}
