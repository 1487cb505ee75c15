package io.lasttable.benchmark.dataset;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes a data set straight to Kafka, as booking-service's relay would, for loading the read side at scale without
 * writing a million days through the booking database. booking-service knows nothing of these venues.
 */
public final class DatasetFeed implements AutoCloseable {

    private static final String VENUES = "lasttable.venues.v1";
    private static final String DAYS = "lasttable.days.v1";
    private static final String VENUE_PUBLISHED = "io.lasttable.venue.published";
    private static final String DAY_UPDATED = "io.lasttable.day.updated";

    private final KafkaProducer<String, String> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    public DatasetFeed(String bootstrapServers) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "linger.ms",
                20,
                "batch.size",
                262_144,
                "compression.type",
                "lz4");
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /**
     * Sends each venue and its days and returns once Kafka holds all of them.
     *
     * @param first the first date of every venue
     * @param days dates per venue from {@code first} on
     * @return records sent
     * @throws IllegalStateException when Kafka refuses one
     */
    public long publish(Collection<Restaurant> restaurants, LocalDate first, int days) {
        for (Restaurant restaurant : restaurants) {
            send(VENUES, restaurant.venueId(), VENUE_PUBLISHED, restaurant.venueJson(days - 1));
            LongStream.range(0, days)
                    .mapToObj(first::plusDays)
                    .forEach(date ->
                            send(DAYS, restaurant.venueId() + "/" + date, DAY_UPDATED, restaurant.dayJson(date)));
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("Kafka refused a record of the data set", failure.get());
        }
        return restaurants.size() * (1L + days);
    }

    @Override
    public void close() {
        producer.close();
    }

    private void send(String topic, String key, String type, String value) {
        var unsent = new ProducerRecord<>(topic, key, value);
        header(unsent, "ce_specversion", "1.0");
        header(
                unsent,
                "ce_id",
                UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString());
        header(unsent, "ce_source", "/booking");
        header(unsent, "ce_type", type);
        header(unsent, "ce_subject", key);
        header(unsent, "ce_time", Instant.now().toString());
        header(unsent, "content-type", "application/json");
        var sent = producer.send(unsent, (where, refused) -> {
            if (refused != null) {
                failure.set(refused);
            }
        });
        assert sent != null;
    }

    private static void header(ProducerRecord<String, String> unsent, String name, String value) {
        var headers = unsent.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
        assert headers != null;
    }
}
