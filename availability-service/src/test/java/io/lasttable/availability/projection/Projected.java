package io.lasttable.availability.projection;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.lasttable.availability.world.Database;
import io.lasttable.availability.world.DayEvent;
import io.lasttable.availability.world.VenueEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Brings events into the tables through the projection's own statements, without Kafka. */
public final class Projected {

    static final Topics TOPICS = new Topics();

    private Projected() {}

    /** One batch of both. */
    public static void into(Database database, List<VenueEvent> venues, List<DayEvent> days, Instant now) {
        Batch batch = new Batch(TOPICS, now);
        venues.forEach(venue -> batch.add(polled(TOPICS.venues(), venue.venueId(), venue.json())));
        days.forEach(day -> batch.add(polled(TOPICS.days(), day.key(), day.json())));
        Void done = Tables.LIVE.upsert(database.pool(), batch).await().indefinitely();
        assert done == null;
    }

    static ConsumerRecord<byte[], byte[]> polled(String topic, String key, String value) {
        return polled(topic, 0, key, value);
    }

    static ConsumerRecord<byte[], byte[]> polled(String topic, long offset, String key, String value) {
        byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(topic, 0, offset, key.getBytes(StandardCharsets.UTF_8), bytes);
    }

    static final class Topics implements AvailabilitySettings.Topics {
        @Override
        public String venues() {
            return "lasttable.venues.v1";
        }

        @Override
        public String days() {
            return "lasttable.days.v1";
        }

        @Override
        public String watermarks() {
            return "lasttable.watermarks.v1";
        }

        @Override
        public String deadLetters() {
            return "lasttable.availability.dead-letters.v1";
        }

        @Override
        public short replicationFactor() {
            return 1;
        }
    }
}
