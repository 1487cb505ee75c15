package io.lasttable.booking.calendar;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A secret address. Whoever reads this row does not learn it; it is never changed, only made and revoked. */
@Entity
@Table(name = "calendar_link")
class CalendarLink extends PanacheEntityBase {

    @Id
    UUID id;

    @Column(name = "venue_id", nullable = false, updatable = false)
    String venueId;

    @Column(name = "secret_hash", nullable = false, updatable = false)
    String secretHash;

    @Column(nullable = false, updatable = false)
    String name;

    /** Null for all. */
    @Column(updatable = false)
    String area;

    @Column(name = "guest_names", nullable = false, updatable = false)
    boolean guestNames;

    /** Who made it: the token's subject. */
    @Column(nullable = false, updatable = false)
    String maker;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;
}
