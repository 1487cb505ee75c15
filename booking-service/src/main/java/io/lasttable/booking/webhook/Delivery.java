package io.lasttable.booking.webhook;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One event for one webhook: in the log from the moment that it is to be delivered, with the last attempt at it. {@link
 * DeliveryTable} makes and changes them, but for test events, which are logged when they are over.
 */
@Entity
@Table(name = "webhook_delivery")
@IdClass(Delivery.Key.class)
class Delivery extends PanacheEntityBase {

    static final String PENDING = "pending";
    static final String DELIVERED = "delivered";
    static final String FAILED = "failed";

    /** One row for each event and webhook. */
    record Key(UUID webhookId, UUID eventId) implements Serializable {}

    @Id
    @Column(name = "webhook_id")
    UUID webhookId;

    /** What the receiver sees as {@code webhook-id}. */
    @Id
    @Column(name = "event_id")
    UUID eventId;

    /** Empty for events of the webhook itself. */
    @Column(name = "venue_id", nullable = false)
    String venueId;

    /** Its number in the venue's changes feed. */
    @Column(nullable = false)
    long seq;

    @Column(nullable = false)
    String type;

    @Column(nullable = false)
    String subject;

    @Column(nullable = false)
    Instant time;

    @Column(nullable = false)
    String payload;

    @Column(nullable = false)
    String status;

    @Column(nullable = false)
    int attempts;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    @Column(name = "next_attempt_at", nullable = false)
    Instant nextAttemptAt;

    @Column(name = "first_attempt_at")
    Instant firstAttemptAt;

    @Column(name = "attempted_at")
    Instant attemptedAt;

    @Column(name = "signed_at")
    Instant signedAt;

    @Column(name = "attempted_url")
    String attemptedUrl;

    @Column(name = "duration_ms")
    Long durationMs;

    @Column(name = "answer_status")
    Integer answerStatus;

    @Column(name = "answer_text")
    String answerText;

    String error;

    /** Where a page of the log begins: behind this one, the newest being first. */
    record Place(Instant createdAt, UUID eventId) {

        static final Place START = new Place(Instant.parse("3000-01-01T00:00:00Z"), new UUID(-1, -1));
    }

    /** @param status one of those above, named in the statement: its index has no other */
    static Uni<List<Delivery>> page(UUID webhook, Optional<String> status, Place behind, int limit) {
        return Delivery.<Delivery>find(
                        "webhookId = ?1 "
                                + status.map("and status = '%s' "::formatted).orElse("")
                                + "and createdAt <= ?2 and (createdAt < ?2 or eventId < ?3)"
                                + " order by createdAt desc, eventId desc",
                        webhook,
                        behind.createdAt(),
                        behind.eventId())
                .page(0, limit)
                .list();
    }

    boolean isPending() {
        return status.equals(PENDING);
    }

    Event event() {
        return new Event(eventId, type, subject, venueId, seq, time, payload);
    }

    static Delivery tested(Event event, UUID webhook, Attempted attempted, Instant now) {
        Delivery made = new Delivery();
        made.webhookId = webhook;
        made.eventId = event.id();
        made.venueId = event.venueId();
        made.seq = event.seq();
        made.type = event.type();
        made.subject = event.subject();
        made.time = event.time();
        made.payload = event.payload();
        made.status = attempted.isDelivered() ? DELIVERED : FAILED;
        made.attempts = 1;
        made.createdAt = now;
        made.nextAttemptAt = now;
        made.firstAttemptAt = now;
        made.attemptedAt = now;
        made.signedAt = attempted.signedAt();
        made.attemptedUrl = attempted.url();
        made.durationMs = attempted.took().toMillis();
        made.answerStatus = attempted.status().isPresent() ? attempted.status().getAsInt() : null;
        made.answerText = attempted.text().orElse(null);
        made.error = attempted.error().orElse(null);
        return made;
    }
}
