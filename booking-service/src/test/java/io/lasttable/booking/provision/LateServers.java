package io.lasttable.booking.provision;

import io.lasttable.embedded.EmbeddedDatabase;
import io.lasttable.embedded.EmbeddedKafka;
import io.lasttable.embedded.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A PostgreSQL and a Kafka that nobody has started yet when the service starts. */
public final class LateServers implements QuarkusTestResourceLifecycleManager {

    private static final String NAME = "booking";

    private final int databasePort = FreePorts.next();
    private final int kafkaPort = FreePorts.next();
    private Path directory;
    private EmbeddedDatabase database;
    private EmbeddedKafka kafka;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("lasttable-late");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "LASTTABLE_DATABASE_PORT",
                Integer.toString(databasePort),
                "LASTTABLE_DATABASE_NAME",
                NAME,
                "kafka.bootstrap.servers",
                "127.0.0.1:" + kafkaPort,
                "quarkus.flyway.migrate-at-start",
                "false");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(LateServers.class));
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
        }
        if (database != null) {
            database.close();
        }
    }

    void startDatabase() {
        database = EmbeddedDatabase.start(directory.resolve("postgres"), databasePort);
        database.createDatabase(NAME);
    }

    void startKafka() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort);
    }
}
