package io.lasttable.booking.outbox;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One event on its way to Kafka.
 *
 * @param key the record's key, which keeps all news of one thing in order
 * @param type the CloudEvents type, for example {@code io.lasttable.day.updated}
 * @param subject the CloudEvents subject
 * @param json the record's value as the contract's schema has it; absent in a tombstone
 * @param traceparent W3C trace context of what caused it
 * @param again told once more: not for the changes feed, which has it
 */
public record OutboxEvent(
        VenueId venueId,
        UUID eventId,
        Topic topic,
        String key,
        String type,
        String subject,
        Instant time,
        Optional<String> json,
        String traceparent,
        boolean again) {

    public static OutboxEvent of(
            VenueId venueId, Topic topic, String key, String type, String subject, Instant time, String json) {
        return new OutboxEvent(
                venueId,
                UUID.randomUUID(),
                topic,
                key,
                type,
                subject,
                time,
                Optional.of(json),
                TraceParent.current(),
                false);
    }

    /** A record without a value, which takes its key out of a compacted topic. */
    public static OutboxEvent tombstone(
            VenueId venueId, Topic topic, String key, String type, String subject, Instant time) {
        return new OutboxEvent(
                venueId,
                UUID.randomUUID(),
                topic,
                key,
                type,
                subject,
                time,
                Optional.empty(),
                TraceParent.current(),
                false);
    }

    /** The same event, of this trace. */
    public OutboxEvent under(String trace) {
        return new OutboxEvent(venueId, eventId, topic, key, type, subject, time, json, trace, again);
    }

    /** The same state, told once more. */
    public OutboxEvent asToldAgain() {
        return new OutboxEvent(venueId, eventId, topic, key, type, subject, time, json, traceparent, true);
    }
}
