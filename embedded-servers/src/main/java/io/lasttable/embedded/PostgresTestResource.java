package io.lasttable.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * An empty database for {@code @QuarkusTest}s, of the server that all tests share; found by the application under the settings that
 * its environment has in production: {@code LASTTABLE_DATABASE_HOST}, {@code _PORT}, {@code _NAME}, {@code _USERNAME},
 * {@code _PASSWORD}.
 */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        SharedDatabase database = SharedDatabase.empty();
        return Map.of(
                "LASTTABLE_DATABASE_HOST", "127.0.0.1",
                "LASTTABLE_DATABASE_PORT", Integer.toString(database.port()),
                "LASTTABLE_DATABASE_NAME", database.name(),
                "LASTTABLE_DATABASE_USERNAME", "postgres",
                "LASTTABLE_DATABASE_PASSWORD", "postgres");
    }

    @Override
    public void stop() {
        // The database goes with the server, and that with the JVM.
    }
}
