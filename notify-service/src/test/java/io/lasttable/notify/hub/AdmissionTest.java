package io.lasttable.notify.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.kafka.FeedProgress;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final HttpServerRequest REQUEST = (HttpServerRequest) Proxy.newProxyInstance(
            AdmissionTest.class.getClassLoader(),
            new Class<?>[] {HttpServerRequest.class},
            (proxy, method, args) -> null);

    private final FeedProgress feed = new FeedProgress() {
        @Override
        public boolean isCaughtUp() {
            return true;
        }
    };

    private final Admission admission = new Admission(
            new SmallRyeConfigBuilder()
                    .withMapping(NotifyConfig.class)
                    .withDefaultValues(Map.of(
                            "lasttable.availability-url", "http://availability",
                            "lasttable.booking-url", "http://booking",
                            "lasttable.watch-token-key", "0123456789012345678901234567890123456789",
                            "lasttable.limits.connections", "10",
                            "lasttable.limits.connections-per-address", "4"))
                    .build()
                    .getConfigMapping(NotifyConfig.class),
            feed);

    private long admitted(int many, String caller) {
        return IntStream.range(0, many)
                .parallel()
                .filter(each -> admission.enter(REQUEST, caller).isEmpty())
                .count();
    }

    /** Their upgrades take a while: whoever counts only what is open lets all of them in. */
    @Test
    void manyWhoComeAtOnceGetNoMoreThanTheirShare() {
        assertThat(admitted(100, "192.0.2.1")).isEqualTo(4);
        assertThat(admitted(100, "192.0.2.2")).isEqualTo(4);
        assertThat(admitted(100, "192.0.2.3")).isEqualTo(2);
    }

    @Test
    void whoLeavesMakesRoomForOne() {
        assertThat(admitted(5, "192.0.2.1")).isEqualTo(4);
        admission.left("192.0.2.1");
        assertThat(admitted(5, "192.0.2.1")).isEqualTo(1);
    }
}
