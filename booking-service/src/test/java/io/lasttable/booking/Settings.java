package io.lasttable.booking;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** A room's settings as they are by default, or otherwise, for what a test makes itself. */
public final class Settings {

    private Settings() {}

    public static <T> T of(Class<T> room) {
        return of(room, Map.of());
    }

    /** @param values by the settings' whole names */
    public static <T> T of(Class<T> room, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(room)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(room);
    }
}
