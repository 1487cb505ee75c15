package io.lasttable.booking.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void whatFailedIsDoneAgainAndWhatWasDoneIsNot() {
        Rehearsal rehearsal = new Rehearsal();
        AtomicInteger times = new AtomicInteger();
        assertThatThrownBy(() -> rehearsal.once(() -> {
                    times.incrementAndGet();
                    throw new IllegalStateException("no Kafka");
                }))
                .hasMessage("no Kafka");
        rehearsal.once(times::incrementAndGet);
        rehearsal.once(times::incrementAndGet);
        assertThat(times).hasValue(2);
    }
}
