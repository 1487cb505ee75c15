package io.lasttable.availability.world;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;

/** Publishes events as booking-service's relay does. */
@ApplicationScoped
public class Publisher {

    private static final Map<String, Publisher> OUTSIDE = new ConcurrentHashMap<>();

    private final KafkaProducer<String, String> producer;

    /** For tests that the packaged service passes too, which have no beans. */
    public static Publisher outside() {
        String servers = ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class);
        return OUTSIDE.computeIfAbsent(servers, here -> new Publisher(Map.of("bootstrap.servers", here)));
    }

    @Inject
    Publisher(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
    }

    public void venue(VenueEvent venue) {
        send("lasttable.venues.v1", venue.venueId(), venue.json());
    }

    public void day(DayEvent day) {
        send("lasttable.days.v1", day.key(), day.json());
    }

    public void send(String topic, String key, String value) {
        try {
            var sent = producer.send(new ProducerRecord<>(topic, key, value)).get();
            assert sent.hasOffset();
        } catch (Exception e) {
            throw new IllegalStateException("not published", e);
        }
    }

    @PreDestroy
    void close() {
        producer.close();
    }
}
