package io.lasttable.availability.world;

import io.lasttable.embedded.EmbeddedDatabase;
import io.lasttable.embedded.EmbeddedKafka;
import io.lasttable.embedded.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A PostgreSQL and a Kafka that a test can stop and start again, on the same ports with the same data.
 *
 * <p>Init argument {@code later}: they are not there until the test starts them.
 */
public final class FallibleServers implements QuarkusTestResourceLifecycleManager {

    /** How long a replica may not poll before its group goes on without it. */
    public static final Duration LONGEST_BETWEEN_POLLS = Duration.ofSeconds(10);

    private static final String NAME = "availability";

    private final int databasePort = FreePorts.next();
    private final int kafkaPort = FreePorts.next();
    private Path directory;
    private EmbeddedDatabase database;
    private EmbeddedKafka kafka;
    private boolean later;

    @Override
    public void init(Map<String, String> arguments) {
        later = Boolean.parseBoolean(arguments.get("later"));
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("lasttable-fallible");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        startDatabase();
        if (later) {
            stopDatabase(); // the database itself is made; a server that has none of this name is refused, not waited
            // for
        } else {
            startKafka();
        }
        return Map.of(
                "LASTTABLE_DATABASE_PORT",
                Integer.toString(databasePort),
                "LASTTABLE_DATABASE_NAME",
                NAME,
                "kafka.bootstrap.servers",
                "127.0.0.1:" + kafkaPort,
                "kafka.max.poll.interval.ms",
                Long.toString(LONGEST_BETWEEN_POLLS.toMillis()));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(this, new TestInjector.MatchesType(FallibleServers.class));
    }

    @Override
    public void stop() {
        stopKafka();
        stopDatabase();
    }

    /** After the servers that all other tests share, so that these are the ones that count. */
    @Override
    public int order() {
        return 100;
    }

    public void startDatabase() {
        database = EmbeddedDatabase.start(directory.resolve("postgres"), databasePort);
        database.createDatabase(NAME);
    }

    public void stopDatabase() {
        if (database != null) {
            database.close();
            database = null;
        }
    }

    public void startKafka() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), kafkaPort);
        createTopics();
    }

    public void stopKafka() {
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
    }

    private void createTopics() {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            if (!admin.listTopics().names().get().isEmpty()) {
                return;
            }
            Void created = admin.createTopics(List.of(
                            new NewTopic("lasttable.venues.v1", 2, (short) 1),
                            new NewTopic("lasttable.days.v1", 2, (short) 1),
                            new NewTopic("lasttable.watermarks.v1", 1, (short) 1)))
                    .all()
                    .get();
            assert created == null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
