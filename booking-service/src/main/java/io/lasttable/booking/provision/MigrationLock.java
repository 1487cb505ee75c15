package io.lasttable.booking.provision;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Lets Flyway hold its lock by session. By its default it holds it in a transaction, whose snapshot an index that is built
 * concurrently waits for: the migration would wait for itself.
 */
@Singleton
class MigrationLock implements FlywayConfigurationCustomizer {

    @Override
    public void customize(FluentConfiguration flyway) {
        var unused = flyway.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    }
}
