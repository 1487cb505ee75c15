package io.lasttable.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private final Sightings sightings = new Sightings(new Watchers.Plan(
            List.of(1), 1, "/", "", List.of(new Watchers.DayName("chez-nous", "2026-11-28")), false, 0));
    private final WatchSocket socket = new WatchSocket(0, null);

    @Test
    void aVersionThatComesTwiceOrGoesBackIsCounted() {
        see("{\"type\":\"day\",\"version\":5,\"slots\":[]}");
        see("{\"version\":6}");
        assertThat(sightings.disorder()).isZero();
        see("{\"version\":6}");
        assertThat(sightings.disorder()).isEqualTo(1);
        see("{\"type\":\"day\",\"version\":4}");
        assertThat(sightings.disorder()).isEqualTo(2);
    }

    @Test
    void onlyOneThatHasSeenAStateIsReadyAndServed() {
        see("{\"type\":\"hello\",\"protocol\":\"v1\"}");
        assertThat(List.of(sightings.ready(), sightings.served())).containsExactly(0, 0);
        see("{\"version\":1}");
        assertThat(List.of(sightings.ready(), sightings.served())).containsExactly(1, 1);
        sightings.ended(socket);
        assertThat(sightings.served()).isZero();
    }

    private void see(String frame) {
        sightings.text(socket, ByteBuffer.wrap(frame.getBytes(StandardCharsets.US_ASCII)));
    }
}
