package io.lasttable.booking;

import io.lasttable.embedded.SharedDatabase;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema in a database of a test's own, made as {@code provision} makes it. */
public final class Migrations {

    private static SharedDatabase migrated;

    private Migrations() {}

    /** A new database that has it. */
    public static synchronized SharedDatabase database() {
        if (migrated == null) {
            migrated = SharedDatabase.empty();
            run(migrated.source());
        }
        return migrated.copy();
    }

    public static void run(DataSource database) {
        var migrated = Flyway.configure()
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(database)
                .load()
                .migrate();
        assert migrated.success;
    }
}
