package io.lasttable.booking;

import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The schema in a database of a test's own, made as {@code provision} makes it. */
public final class Migrations {

    private Migrations() {}

    public static void run(DataSource database) {
        var migrated = Flyway.configure()
                .configuration(Map.of("flyway.postgresql.transactional.lock", "false"))
                .dataSource(database)
                .load()
                .migrate();
        assert migrated.success;
    }
}
