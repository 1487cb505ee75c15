package io.lasttable.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    @Test
    void everyArrivalComesBackAsItWasLogged() {
        Arrivals arrivals = new Arrivals();
        for (int i = 0; i < 10_000; i++) {
            arrivals.add(i % 7, i, i + 1, 1_700_000_000_000_000L + i);
        }
        List<String> last = new ArrayList<>();
        arrivals.forEach((day, from, to, micros) -> last.add(day + " " + from + " " + to + " " + micros));
        assertThat(last).hasSize(10_000).endsWith("3 9999 10000 1700000000009999");
    }
}
