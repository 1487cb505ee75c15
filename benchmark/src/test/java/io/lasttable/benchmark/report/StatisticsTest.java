package io.lasttable.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void oneOutlierDoesNotMoveTheMedian() {
        assertThat(Statistics.median(List.of(10.0, 9_999.0, 11.0))).isEqualTo(11);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
        assertThat(Statistics.median(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(2.5);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatThrownBy(() -> Statistics.median(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figuresAreShownWithThreeDigitsOrSo() {
        assertThat(List.of(
                        Statistics.show(123_456),
                        Statistics.show(12.34),
                        Statistics.show(1.234),
                        Statistics.show(0.0012)))
                .containsExactly("123,456", "12.3", "1.23", "0.0012");
    }
}
