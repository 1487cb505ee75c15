package io.lasttable.booking.profile;

import io.lasttable.booking.venue.VenueId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A guest as a house knows them.
 *
 * @param home the venue that made it; its group shares it
 * @param group the venues that do
 */
record Profile(
        VenueId home, UUID id, Facts facts, long version, Instant createdAt, Instant updatedAt, Set<String> group) {

    Profile {
        group = Set.copyOf(group);
    }
}
