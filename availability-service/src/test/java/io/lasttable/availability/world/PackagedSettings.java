package io.lasttable.availability.world;

import io.lasttable.embedded.Packaged;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What the packaged service is told for the tests; those in the tests' own JVM have their profile for it. */
public final class PackagedSettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Boolean.getBoolean("lasttable-test.packaged") ? Packaged.settingsOfTests() : Map.of();
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}
