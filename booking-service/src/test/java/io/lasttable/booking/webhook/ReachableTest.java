package io.lasttable.booking.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableTest {

    private final Reachable internet = new Reachable(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "127.8.8.8",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.2.7",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.8",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "2001:db8::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::808:808",
                "2002:7f00:1::",
                "2001:0:4136:e378::1",
                "fec0::1",
                "5f00::1",
                "3fff::1"
            })
    void whatIsNotOfThePublicInternetIsNotReached(String address) throws Exception {
        assertThat(internet.isReachable(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808"
            })
    void whatIsOfItIs(String address) throws Exception {
        assertThat(internet.isReachable(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void anOperatorMayAllowANetworkAndNothingBeside() throws Exception {
        Reachable own = new Reachable(List.of("10.1.0.0/16", "fd00::/8"));
        assertThat(own.isReachable(InetAddress.getByName("10.1.255.1"))).isTrue();
        assertThat(own.isReachable(InetAddress.getByName("fd00:ec2::1"))).isTrue();
        assertThat(own.isReachable(InetAddress.getByName("10.2.0.1"))).isFalse();
        assertThatThrownBy(() -> new Reachable(List.of("localhost/8"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reachable(List.of("10.0.0.0/33"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneBadAddressOfAHostIsEnough() throws Exception {
        Receivers receivers = new Receivers(false, internet);
        InetAddress good = InetAddress.getByName("8.8.8.8");
        InetAddress bad = InetAddress.getByName("10.0.0.1");
        assertThat(receivers.choose("a.test", List.of(good))).isEqualTo(good);
        assertThatThrownBy(() -> receivers.choose("a.test", List.of(good, bad)))
                .isInstanceOf(Receivers.Unreachable.class)
                .hasMessageContaining("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com", "ftp://example.com", "https:///a", "https://user:pw@example.com",
                        "https://example.com/#a",
                "https://example.com:0/", "https://example.com:70000/", "https://127.0.0.1/", "https://[::1]/",
                        "https://10.0.0.8/",
                "https://[fe80::1]/", "https://2130706433/"
            })
    void aUrlThatCannotBeRightIsToldSoAtOnce(String url) {
        assertThat(new Receivers(false, internet).complaint(URI.create(url))).isPresent();
    }

    @Test
    void anOrdinaryUrlIsTaken() {
        assertThat(new Receivers(false, internet).complaint(URI.create("https://example.com:8443/a?b=c")))
                .isEmpty();
    }
}
