package io.lasttable.booking.embed;

import java.time.Instant;

/** A publishable key as JSON. */
record KeyView(String id, String venueId, String[] origins, Instant createdAt, long version) {

    static KeyView of(PublishableKey key) {
        return new KeyView(key.id.toString(), key.venueId, key.origins, key.createdAt, key.version);
    }
}
