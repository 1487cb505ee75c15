package io.lasttable.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.embedded.MskBroker;
import io.lasttable.embedded.Packaged;
import io.lasttable.embedded.PodRole;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MskSignInIT {

    @ParameterizedTest
    @EnumSource
    void theBrokerIsToldWhoComes(PodRole.Way way) throws Exception {
        try (MskBroker broker = new MskBroker(way)) {
            Map<String, String> settings = new HashMap<>(broker.settings());
            settings.putAll(Packaged.addresses());
            settings.put("lasttable.oidc.audience", "lasttable");
            settings.put("quarkus.oidc.tenant-enabled", "false");
            settings.put("lasttable.watch-token-key", "a-key-for-a-test-only-0123456789abcdef");
            Process service = Packaged.start("msk-sign-in-" + way, settings);
            try {
                assertThat(broker.signIn())
                        .contains("\"version\":\"2020_10_22\"", "\"action\":\"kafka-cluster:Connect\"")
                        .contains(PodRole.ACCESS_KEY_ID, PodRole.SESSION_TOKEN, "\"x-amz-signature\":");
            } finally {
                assertThat(service.destroyForcibly().waitFor()).isNotNegative();
            }
        }
    }
}
