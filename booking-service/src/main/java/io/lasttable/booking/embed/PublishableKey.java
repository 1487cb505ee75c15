package io.lasttable.booking.embed;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/** Its id is the key itself: it stands in pages that everybody can read, and is no secret. */
@Entity
@Table(name = "publishable_key")
class PublishableKey extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(name = "venue_id", nullable = false, updatable = false)
    String venueId;

    @Column(nullable = false)
    String[] origins;

    @Column(nullable = false, updatable = false)
    String maker;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Version
    long version;

    boolean isUsedBy(String origin) {
        return Arrays.asList(origins).contains(origin);
    }
}
