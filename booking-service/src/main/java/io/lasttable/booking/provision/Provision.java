package io.lasttable.booking.provision;

import io.lasttable.booking.BookingConfig;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/** Migrates the database and creates missing topics; safe to run again at any time. */
@ApplicationScoped
public class Provision {

    private static final Logger LOG = Logger.getLogger(Provision.class);
    private static final String SEVEN_DAYS_MS = "604800000";

    private final Flyway flyway;
    private final BookingConfig.Topics topics;
    private final Map<String, Object> kafka;

    Provision(Flyway flyway, BookingConfig config, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.flyway = flyway;
        this.topics = config.topics();
        this.kafka = kafka;
    }

    /** @throws IllegalStateException with what to mend when Kafka or the database refuses */
    public void run() {
        var migrated = flyway.migrate();
        LOG.infof(
                "Database: %d migrations run, schema version %s",
                migrated.migrationsExecuted, migrated.targetSchemaVersion);
        try (Admin admin = Admin.create(kafka)) {
            createTopics(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refused: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private void createTopics(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        List<NewTopic> missing = wanted().stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        Void created = admin.createTopics(missing).all().get();
        assert created == null;
        LOG.infof("Topics: %d created, %d were there", missing.size(), wanted().size() - missing.size());
    }

    private List<NewTopic> wanted() {
        return List.of(
                topic(topics.venues(), Map.of("cleanup.policy", "compact")),
                topic(topics.days(), Map.of("cleanup.policy", "compact", "min.compaction.lag.ms", SEVEN_DAYS_MS)),
                topic(topics.reservations(), Map.of("cleanup.policy", "delete", "retention.ms", SEVEN_DAYS_MS)));
    }

    private NewTopic topic(String name, Map<String, String> settings) {
        return new NewTopic(name, topics.partitions(), topics.replicationFactor()).configs(settings);
    }
}
