package io.lasttable.booking;

import io.lasttable.booking.access.TokenKeys;
import io.lasttable.embedded.Packaged;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** What the packaged service is told for the tests; those in the tests' own JVM have their profile for it. */
public final class PackagedSettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        if (Boolean.getBoolean("lasttable-test.packaged")) {
            settings.putAll(Packaged.settingsOfTests());
            settings.putAll(TokenKeys.settings());
            settings.put("lasttable.watch-token-key", "a-key-of-packaged-tests-only-0123456789");
        }
        return settings;
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}
