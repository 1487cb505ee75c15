package io.lasttable.booking.outbox;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.util.UUID;

/**
 * One event on its way to Kafka.
 *
 * @param key the record's key, which keeps all news of one thing in order
 * @param type the CloudEvents type, for example {@code io.lasttable.day.updated}
 * @param subject the CloudEvents subject
 * @param json the record's value as the contract's schema has it
 */
public record OutboxEvent(
        VenueId venueId,
        UUID eventId,
        Topic topic,
        String key,
        String type,
        String subject,
        Instant time,
        String json) {

    public static OutboxEvent of(
            VenueId venueId, Topic topic, String key, String type, String subject, Instant time, String json) {
        return new OutboxEvent(venueId, UUID.randomUUID(), topic, key, type, subject, time, json);
    }
}
