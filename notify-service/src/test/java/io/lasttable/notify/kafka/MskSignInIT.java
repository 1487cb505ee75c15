package io.lasttable.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.embedded.MskBroker;
import io.lasttable.embedded.Packaged;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MskSignInIT {

    @Test
    void theBrokerIsToldWhoComes() throws Exception {
        try (MskBroker broker = new MskBroker()) {
            Map<String, String> settings = new HashMap<>(broker.settings());
            settings.putAll(Packaged.addresses());
            settings.put("lasttable.oidc.audience", "lasttable");
            settings.put("quarkus.oidc.tenant-enabled", "false");
            settings.put("lasttable.watch-token-key", "a-key-for-a-test-only-0123456789abcdef");
            Process service = Packaged.start("msk-sign-in", settings);
            try {
                assertThat(broker.signIn())
                        .contains("\"version\":\"2020_10_22\"", "\"action\":\"kafka-cluster:Connect\"")
                        .contains("AKIDEXAMPLE", "\"x-amz-signature\":");
            } finally {
                assertThat(service.destroyForcibly().waitFor()).isNotNegative();
            }
        }
    }
}
