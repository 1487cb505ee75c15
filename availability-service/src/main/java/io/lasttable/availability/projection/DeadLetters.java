package io.lasttable.availability.projection;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts records that cannot be projected aside, as they came, with the reason and their origin in headers.
 *
 * <p>When even that fails, the record is logged by its coordinates (it stays in its source topic) and the projection goes
 * on: one bad record never stops the rest.
 */
@ApplicationScoped
class DeadLetters {

    private final AvailabilitySettings.Topics topics;
    private final Map<String, Object> kafka;
    private final Counter dead;
    private KafkaProducer<byte[], byte[]> producer;

    DeadLetters(
            AvailabilitySettings settings,
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            MeterRegistry registry) {
        this.topics = settings.topics();
        this.kafka = Map.copyOf(kafka);
        this.dead = registry.counter("lasttable.projection.dead.letters");
    }

    void put(ConsumerRecord<byte[], byte[]> polled, String reason) {
        dead.increment();
        Log.warnf("Dead letter %s-%d@%d: %s", polled.topic(), polled.partition(), polled.offset(), reason);
        try {
            var kept = opened().send(letter(polled, reason)).get();
            Log.infof("Kept as %s", kept);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RuntimeException e) {
            Log.errorf(e, "Dead letter %s-%d@%d not kept", polled.topic(), polled.partition(), polled.offset());
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }

    /** Opened when first needed, which is never in a healthy system. */
    private synchronized KafkaProducer<byte[], byte[]> opened() throws ExecutionException, InterruptedException {
        if (producer == null) {
            createTopic();
            Map<String, Object> own = new HashMap<>(kafka);
            own.putAll(Map.of(
                    "delivery.timeout.ms",
                    10_000,
                    "request.timeout.ms",
                    5_000,
                    "max.block.ms",
                    10_000,
                    "linger.ms",
                    0));
            producer = new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<byte[], byte[]> polled, String reason) {
        var letter = new ProducerRecord<>(topics.deadLetters(), null, polled.key(), polled.value(), polled.headers());
        Map<String, String> origin = Map.of(
                "dead-letter-reason", reason,
                "dead-letter-topic", polled.topic(),
                "dead-letter-partition", Integer.toString(polled.partition()),
                "dead-letter-offset", Long.toString(polled.offset()));
        for (Map.Entry<String, String> header : origin.entrySet()) {
            var headers =
                    letter.headers().add(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
            assert headers != null;
        }
        return letter;
    }

    private void createTopic() throws ExecutionException, InterruptedException {
        var topic = new NewTopic(topics.deadLetters(), Optional.of(1), Optional.of(topics.replicationFactor()));
        try (Admin admin = Admin.create(kafka)) {
            Void created = admin.createTopics(List.of(topic)).all().get();
            assert created == null;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
