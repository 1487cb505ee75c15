package io.lasttable.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v1/venues/chez-nous", "/v1/venues/a..b/.c/d.", "/%41%c3%a9", "/v1/%3B", "*"})
    void whatEverybodyReadsAlikeIsPlain(String path) {
        assertThat(PlainPath.is(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/../q/metrics",
                "/v1/..",
                "/./v1",
                "/v1/.",
                "//v1",
                "/v1//venues",
                "/v1;x=y/venues",
                "/v1\\..\\q",
                "/v1/%2e%2E/q",
                "/v1/.%2e/q",
                "/v1%2fvenues",
                "/v1%5c..",
                "/v1/%252e%252e/q",
                "/%",
                "/%2",
                "/%zz"
            })
    void whatTheRouterWouldReadAnotherWayIsNot(String path) {
        assertThat(PlainPath.is(path)).isFalse();
    }
}
