package io.lasttable.notify.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // header, peer, proxies, counts for
                "-, 192.0.2.1, 0, 192.0.2.1",
                "'198.51.100.9', 192.0.2.1, 0, 192.0.2.1",
                "-, 192.0.2.1, 1, 192.0.2.1",
                "'198.51.100.9', 192.0.2.1, 1, 198.51.100.9",
                "'6.6.6.6, 198.51.100.9', 192.0.2.1, 1, 198.51.100.9",
                "'6.6.6.6, 198.51.100.9, 10.0.0.1', 192.0.2.1, 2, 198.51.100.9",
                "'198.51.100.9', 192.0.2.1, 2, 198.51.100.9",
                "-, 2001:db8:1:2:3:4:5:6, 0, 2001:db8:1:2::/64",
                "-, 2001:db8:1:2::6, 0, 2001:db8:1:2::/64",
                "-, ::1, 0, ::/64"
            })
    void anAddressIsBelievedAsFarAsOurOwnProxiesWroteIt(String header, String peer, int proxies, String expected) {
        assertThat(Caller.of(header, peer, proxies)).isEqualTo(expected);
    }
}
