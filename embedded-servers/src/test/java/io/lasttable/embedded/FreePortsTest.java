package io.lasttable.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void nobodyIsGivenWhatAnotherOneWasGiven() {
        List<Integer> ports = Stream.generate(FreePorts::next).limit(1_000).toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> port < 32_768);
    }

    @Test
    void whatIsListenedOnIsNotGiven() throws Exception {
        int port = FreePorts.next();
        try (ServerSocket taken = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.next()).isNotEqualTo(taken.getLocalPort());
        }
    }
}
