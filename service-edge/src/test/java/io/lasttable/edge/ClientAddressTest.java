package io.lasttable.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

    private static final String PEER = "10.0.0.1";

    private static String of(int proxies, String... forwardedFor) {
        return ClientAddress.network(ClientAddress.of(List.of(forwardedFor), PEER, proxies));
    }

    private static String network(String address) {
        return ClientAddress.network(ClientAddress.parsed(address));
    }

    @Test
    void onlyWhatOurOwnProxiesWroteIsBelieved() {
        assertThat(of(1, "1.2.3.4, 203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(of(2, "1.2.3.4, 203.0.113.7, 10.0.0.9")).isEqualTo("203.0.113.7");
        assertThat(of(2, "203.0.113.7")).as("it came past the outer one").isEqualTo("203.0.113.7");
        assertThat(of(0, "1.2.3.4")).isEqualTo(PEER);
        assertThat(of(1)).isEqualTo(PEER);
    }

    @Test
    void theHeaderIsAllItsLines() {
        assertThat(of(1, "127.0.0.1", "203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(of(2, "127.0.0.1, 198.51.100.1", "203.0.113.7")).isEqualTo("198.51.100.1");
    }

    @Test
    void whatIsNoAddressWasNotWrittenByAProxy() {
        for (String odd :
                new String[] {"", ",", " , ", ",,,", "unknown", "203.0.113.7,", "1.2.3.4.5", "[", "[]", "::g", ":"}) {
            assertThat(of(1, odd)).as(odd).isEqualTo(PEER);
        }
    }

    @Test
    void howLongTheRestIsDoesNotMatter() {
        String spaces = " ".repeat(100_000);
        assertThat(of(1, "1" + spaces + "2, 203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(of(1, "1" + spaces + "2")).isEqualTo(PEER);
        assertThat(of(1, ",".repeat(100_000) + "203.0.113.7")).isEqualTo("203.0.113.7");
    }

    @Test
    void anAddressMayComeWithItsPort() {
        assertThat(of(1, "203.0.113.7:51234")).isEqualTo("203.0.113.7");
        assertThat(of(1, "[2001:db8:1:2::7]:443")).isEqualTo("2001:db8:1:2::/64");
    }

    @Test
    void aHouseholdCountsAsOneHoweverItsAddressIsWritten() {
        assertThat(network("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:2::/64");
        assertThat(network("2001:DB8:1:2::9")).isEqualTo("2001:db8:1:2::/64");
        assertThat(network("2001:db8::1")).isEqualTo("2001:db8:0:0::/64").isEqualTo(network("2001:db8::2:3"));
        assertThat(network("2001:db8::1")).isNotEqualTo(network("2001:db8:0:1::1"));
        assertThat(network("::1")).isEqualTo(network("0:0:0:0:0:0:0:1"));
    }

    @Test
    void anIpv4AddressInIpv6IsItself() {
        assertThat(network("::ffff:203.0.113.7")).isEqualTo("203.0.113.7").isEqualTo(network("::ffff:cb00:7107"));
        assertThat(ClientAddress.parsed("::ffff:127.0.0.1")).isEqualTo(InetAddress.getLoopbackAddress());
    }
}
