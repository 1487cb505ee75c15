package io.lasttable.availability.freshness;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.Dependent;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Proves how new the tables are, each time the projection has nothing in hand: its consumer's position in a partition is
 * then what the tables hold of it.
 *
 * <p>With watermarks the proof goes back to the commit: booking-service's relay says up to where everything stands that was
 * committed before some moment, and a relay that stands still is a proof that does not come. From a booking-service that
 * says none, the proof goes back to Kafka only: a position that has reached the end of the log, as it was after a reading
 * of the database's clock, holds all that Kafka held then.
 */
@Dependent
public class Heartbeat implements AutoCloseable {

    private static final Duration ASK = Duration.ofSeconds(2);

    private final AvailabilitySettings.Topics topics;
    private final Progress progress;
    private final Watermarks watermarks = new Watermarks();
    private final Map<String, Object> kafka;
    private WatermarkFeed feed;

    Heartbeat(
            AvailabilitySettings settings,
            Progress progress,
            @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.topics = settings.topics();
        this.progress = progress;
        this.kafka = kafka;
    }

    /** @throws RuntimeException when Kafka or the database does not answer: nothing is proved then, and the lag grows */
    public void beat(Consumer<byte[], byte[]> consumer) {
        watermarks().read();
        List<Progress.Proof> proofs = watermarks.isEmpty() ? heldByKafka(consumer) : committed(consumer);
        int partitions = partitions(consumer, topics.venues()) + partitions(consumer, topics.days());
        progress.note(proofs).chain(() -> progress.share(partitions)).await().atMost(ASK);
    }

    @Override
    public void close() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
    }

    private WatermarkFeed watermarks() {
        if (feed == null) {
            feed = new WatermarkFeed(kafka, topics, watermarks);
        }
        return feed;
    }

    private List<Progress.Proof> committed(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> positions = positions(consumer, consumer.assignment());
        List<Progress.Proof> proofs = positions.entrySet().stream()
                .flatMap(place -> watermarks.proved(place.getKey(), place.getValue()).stream()
                        .map(held -> proof(place.getKey(), place.getValue(), held)))
                .toList();
        watermarks.forgetBefore(positions);
        return proofs;
    }

    private List<Progress.Proof> heldByKafka(Consumer<byte[], byte[]> consumer) {
        OffsetDateTime asked = progress.now().await().atMost(ASK);
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), ASK);
        return positions(consumer, ends.keySet()).entrySet().stream()
                .filter(place -> place.getValue() >= ends.get(place.getKey()))
                .map(place -> new Progress.Proof(place.getKey(), place.getValue(), asked))
                .toList();
    }

    private static Progress.Proof proof(TopicPartition partition, long position, Instant held) {
        return new Progress.Proof(partition, position, held.atOffset(ZoneOffset.UTC));
    }

    private static Map<TopicPartition, Long> positions(Consumer<byte[], byte[]> consumer, Set<TopicPartition> of) {
        Map<TopicPartition, Long> positions = new HashMap<>();
        for (TopicPartition partition : of) {
            Long before = positions.put(partition, consumer.position(partition, ASK));
            assert before == null;
        }
        return positions;
    }

    private static int partitions(Consumer<byte[], byte[]> consumer, String topic) {
        return consumer.partitionsFor(topic, ASK).size();
    }
}
