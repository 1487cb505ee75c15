package io.lasttable.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A PostgreSQL server for {@code @QuarkusTest}s, found by the application under the settings that its environment has in
 * production: {@code LASTTABLE_DATABASE_HOST}, {@code _PORT}, {@code _NAME}, {@code _USERNAME}, {@code _PASSWORD}.
 *
 * <p>Init argument {@code database}: the database to create and name (default {@code lasttable}).
 */
public final class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    private String name = "lasttable";
    private EmbeddedDatabase database;

    @Override
    public void init(Map<String, String> arguments) {
        name = arguments.getOrDefault("database", name);
    }

    @Override
    public Map<String, String> start() {
        database = EmbeddedDatabase.start();
        database.createDatabase(name);
        return Map.of(
                "LASTTABLE_DATABASE_HOST", "127.0.0.1",
                "LASTTABLE_DATABASE_PORT", Integer.toString(database.port()),
                "LASTTABLE_DATABASE_NAME", name,
                "LASTTABLE_DATABASE_USERNAME", "postgres",
                "LASTTABLE_DATABASE_PASSWORD", "postgres");
    }

    @Override
    public void stop() {
        if (database != null) {
            database.close();
        }
    }
}
