package io.lasttable.notify.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageRateTest {

    @Test
    void aBucketOfMessagesRefills() {
        MessageRate rate = new MessageRate(20, 3, 0);
        assertThat(List.of(rate.admits(0), rate.admits(0), rate.admits(0), rate.admits(0)))
                .containsExactly(true, true, true, false);
        assertThat(rate.admits(49)).isFalse();
        assertThat(rate.admits(100)).isTrue();
    }
}
