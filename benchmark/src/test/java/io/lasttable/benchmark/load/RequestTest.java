package io.lasttable.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTest {

    @Test
    void aPathMayNameTheIdThatAnEarlierAnswerGave() {
        Request cancel = Request.parse("{\"method\":\"POST\",\"path\":\"/v1/reservations/{r7}/cancel\"}");
        assertThat(cancel.path(Map.of("r7", "abc"))).contains("/v1/reservations/abc/cancel");
        assertThat(cancel.path(Map.of("r8", "abc"))).isEmpty();
    }
}
