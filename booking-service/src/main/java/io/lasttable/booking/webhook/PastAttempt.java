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
import java.util.UUID;

/** An attempt at a {@link Delivery} that was not its last. {@link AttemptTable} writes them, and keeps so many of each. */
@Entity
@Table(name = "webhook_attempt")
@IdClass(PastAttempt.Key.class)
class PastAttempt extends PanacheEntityBase {

    record Key(UUID webhookId, UUID eventId, Instant attemptedAt) implements Serializable {}

    @Id
    @Column(name = "webhook_id")
    UUID webhookId;

    @Id
    @Column(name = "event_id")
    UUID eventId;

    @Id
    @Column(name = "attempted_at")
    Instant attemptedAt;

    @Column(name = "signed_at")
    Instant signedAt;

    @Column(nullable = false)
    String url;

    @Column(name = "duration_ms", nullable = false)
    long durationMs;

    @Column(name = "answer_status")
    Integer answerStatus;

    @Column(name = "answer_text")
    String answerText;

    String error;

    /** The newest first. */
    static Uni<List<PastAttempt>> of(UUID webhook, UUID event) {
        return list("webhookId = ?1 and eventId = ?2 order by attemptedAt desc", webhook, event);
    }
}
