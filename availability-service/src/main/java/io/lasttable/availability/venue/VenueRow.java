package io.lasttable.availability.venue;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** A venue as a row; read here, written only by the projection in bulk. */
@Entity
@Immutable
@Table(name = "venue")
class VenueRow {

    @Id
    @Column(name = "venue_id")
    String id;

    @Column(nullable = false)
    long version;

    @Column(nullable = false)
    String name;

    @Column(name = "time_zone", nullable = false)
    String timeZone;
}
