package io.lasttable.notify.world;

import io.lasttable.notify.NotifyConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The service's settings for what is tested without it. */
public final class Settings {

    private Settings() {}

    /** The defaults, but for these. */
    public static NotifyConfig with(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(NotifyConfig.class)
                .withDefaultValues(Map.of(
                        "lasttable.availability-url", "http://availability",
                        "lasttable.booking-url", "http://booking",
                        "lasttable.oidc.audience", "lasttable",
                        "lasttable.watch-token-key", "0123456789012345678901234567890123456789"))
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(NotifyConfig.class);
    }
}
