package io.lasttable.booking.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.booking.limits.SlowSenders.Kind;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** By option, since it takes its time: {@code -Dslow-senders.seconds=80}. Prints sockets and memory over time. */
@QuarkusTest
@EnabledIfSystemProperty(named = "slow-senders.seconds", matches = "[0-9]+")
class SlowSendersTest {

    @TestHTTPResource
    URI url;

    @Test
    void whoTakesTheirTimeIsNotWaitedFor() throws Exception {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(SlowSenders.run(url.getPort(), pid, Integer.getInteger("slow-senders.seconds")))
                .containsEntry(Kind.SILENT, 0)
                .containsEntry(Kind.DRIPPING_HEAD, 0)
                .containsEntry(Kind.DRIPPING_BODY, 0);
    }
}
