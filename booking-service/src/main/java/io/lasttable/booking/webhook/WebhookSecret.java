package io.lasttable.booking.webhook;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What a webhook's messages are signed with. The newest has no end; the one before it has, when it has been replaced. */
@Entity
@Table(name = "webhook_secret")
class WebhookSecret extends PanacheEntityBase {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    @Id
    UUID id;

    @Column(name = "webhook_id", nullable = false, updatable = false)
    UUID webhookId;

    @Column(nullable = false, updatable = false)
    String secret;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "expires_at")
    Instant expiresAt;

    static WebhookSecret made(UUID webhook, Instant now) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        WebhookSecret made = new WebhookSecret();
        made.id = UUID.randomUUID();
        made.webhookId = webhook;
        made.secret = Signature.SECRET_PREFIX + Base64.getEncoder().encodeToString(random);
        made.createdAt = now;
        return made;
    }

    /** Those that messages are signed with, the newest first. */
    static Uni<List<WebhookSecret>> good(UUID webhook, Instant now) {
        return list("webhookId = ?1 and (expiresAt is null or expiresAt > ?2) order by createdAt desc", webhook, now);
    }
}
