package io.lasttable.booking.embed;

/** A publishable key as JSON. */
record KeyView(String id, String venueId, String[] origins, String createdAt, long version) {

    static KeyView of(PublishableKey key) {
        return new KeyView(key.id.toString(), key.venueId, key.origins, key.createdAt.toString(), key.version);
    }
}
