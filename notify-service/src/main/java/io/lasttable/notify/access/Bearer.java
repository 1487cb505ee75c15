package io.lasttable.notify.access;

import java.util.Set;

/**
 * What a verified bearer token allows.
 *
 * @param venues venue ids, or {@code *}
 * @param validUntilSeconds seconds since 1970
 */
public record Bearer(Set<String> scopes, Set<String> venues, long validUntilSeconds) {

    private static final String EVERY_VENUE = "*";
    private static final String READ = "reservations:read";

    public boolean mayRead(String venueId) {
        return scopes.contains(READ) && (venues.contains(EVERY_VENUE) || venues.contains(venueId));
    }
}
