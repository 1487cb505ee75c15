package io.lasttable.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A Kafka broker for {@code @QuarkusTest}s, found by the application under {@code kafka.bootstrap.servers}.
 *
 * <p>Init argument {@code topics}: names to create, separated by commas; {@code partitions} (default 6) for each.
 */
public final class KafkaTestResource implements QuarkusTestResourceLifecycleManager {

    private List<String> topics = List.of();
    private int partitions = 6;
    private EmbeddedKafka kafka;
    private Path directory;

    @Override
    public void init(Map<String, String> arguments) {
        topics = Stream.of(arguments.getOrDefault("topics", "").split(","))
                .filter(name -> !name.isBlank())
                .toList();
        partitions = Integer.parseInt(arguments.getOrDefault("partitions", "6"));
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("lasttable-kafka");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        kafka = EmbeddedKafka.start(directory);
        createTopics();
        return Map.of("kafka.bootstrap.servers", kafka.bootstrapServers());
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
            Directories.delete(directory);
        }
    }

    private void createTopics() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(properties)) {
            var created = admin.createTopics(topics.stream()
                    .map(name -> new NewTopic(name, partitions, (short) 1))
                    .toList());
            Void done = created.all().get();
            assert done == null;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Topics " + topics + " cannot be created", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }
}
