package io.lasttable.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        Topics.create(Map.of("bootstrap.servers", kafka.bootstrapServers()), topics, partitions);
        return Map.of("kafka.bootstrap.servers", kafka.bootstrapServers());
    }

    @Override
    public void stop() {
        if (kafka != null) {
            kafka.close();
            Directories.delete(directory);
        }
    }
}
