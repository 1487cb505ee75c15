package io.lasttable.booking.webhook;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Where changes are brought to. {@code types} and {@code venues} are null when it gets all of them. {@code failing_since} is
 * written by {@link DeliveryTable} alone.
 */
@Entity
@Table(name = "webhook")
class Webhook extends PanacheEntityBase {

    static final String ACTIVE = "active";
    static final String PAUSED = "paused";
    static final String BY_REQUEST = "by request";

    @Id
    UUID id;

    @Column(nullable = false, updatable = false)
    String maker;

    @Column(nullable = false)
    String url;

    String[] types;

    String[] venues;

    @Column(name = "include_guest", nullable = false)
    boolean includeGuest;

    @Column(nullable = false)
    String status;

    @Column(name = "pause_reason")
    String pauseReason;

    @Column(name = "paused_at")
    Instant pausedAt;

    @Column(name = "failing_since", insertable = false, updatable = false)
    Instant failingSince;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Version
    long version;

    /** Whether somebody who reaches these venues, or all when it is empty, may see and change it. */
    boolean isWithin(Optional<Set<String>> reached) {
        return reached.isEmpty() || venues != null && reached.get().containsAll(Arrays.asList(venues));
    }

    boolean isPaused() {
        return status.equals(PAUSED);
    }

    void become(WantedWebhook wanted, Instant now) {
        url = wanted.url().toString();
        types = wanted.types().orElse(null);
        venues = wanted.venues().orElse(null);
        includeGuest = wanted.includeGuest();
        if (!wanted.paused()) {
            status = ACTIVE;
            pauseReason = null;
            pausedAt = null;
        } else if (status == null || !isPaused()) {
            status = PAUSED;
            pauseReason = BY_REQUEST;
            pausedAt = now;
        }
    }
}
