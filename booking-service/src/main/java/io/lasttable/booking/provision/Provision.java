package io.lasttable.booking.provision;

import io.lasttable.booking.outbox.OutboxSettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.output.MigrateResult;
import org.jboss.logging.Logger;

/** Migrates the database, creates missing topics and checks those that exist; safe to run again at any time. */
@ApplicationScoped
public class Provision {

    private static final Logger LOG = Logger.getLogger(Provision.class);

    private final Flyway flyway;
    private final OutboxSettings settings;
    private final Map<String, Object> kafka;

    Provision(Flyway flyway, OutboxSettings settings, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.flyway = flyway;
        this.settings = settings;
        this.kafka = kafka;
    }

    /** @throws IllegalStateException with what to mend, and at which servers, when Kafka refuses or does not answer */
    public void run() {
        MigrateResult migrated = migrated(flyway);
        LOG.infof(
                "Database: %d migrations run, schema version %s",
                migrated.migrationsExecuted, migrated.targetSchemaVersion);
        try (Admin admin = Admin.create(kafka)) {
            createTopics(admin);
        } catch (ExecutionException e) {
            throw failed(e.getCause() instanceof TimeoutException ? "does not answer" : "refuses", e);
        } catch (KafkaException e) {
            throw failed("cannot be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private IllegalStateException failed(String how, Exception e) {
        Object servers = kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG);
        String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return new IllegalStateException("Kafka at %s %s: %s".formatted(servers, how, reason), e);
    }

    /**
     * A migration outside a transaction that was refused, for want of a lock say, is noted as failed, and would stop every later run.
     * Each of ours can be run again from its beginning.
     */
    static MigrateResult migrated(Flyway flyway) {
        boolean isRefused =
                Stream.of(flyway.info().all()).anyMatch(migration -> migration.getState() == MigrationState.FAILED);
        if (isRefused) {
            var repaired = flyway.repair();
            LOG.warnf("Migrations that were refused are tried again: %s", repaired.repairActions);
        }
        return flyway.migrate();
    }

    private void createTopics(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        List<Topics.Wanted> wanted =
                new Topics(settings.topics(), settings.relay().largestRecord().asLongValue()).wanted();
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(topic -> topic.create(settings.topics().replicationFactor()))
                .toList();
        admin.createTopics(missing).all().get();
        LOG.infof("Topics: %d created, %d were there", missing.size(), wanted.size() - missing.size());
        check(
                admin,
                wanted.stream().filter(topic -> existing.contains(topic.name())).toList());
    }

    private void check(Admin admin, List<Topics.Wanted> there) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> found = admin.describeTopics(
                        there.stream().map(Topics.Wanted::name).toList())
                .allTopicNames()
                .get();
        Map<ConfigResource, Config> configured = admin.describeConfigs(
                        there.stream().map(topic -> resource(topic.name())).toList())
                .all()
                .get();
        TopicCheck check = new TopicCheck();
        there.forEach(topic -> check.check(
                topic,
                found.get(topic.name()),
                configured.get(resource(topic.name())),
                settings.topics().replicationFactor()));
        check.toKnow().forEach(LOG::warn);
        if (!check.toMend().isEmpty()) {
            throw new IllegalStateException("topics break the event contract: " + String.join("; ", check.toMend()));
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
