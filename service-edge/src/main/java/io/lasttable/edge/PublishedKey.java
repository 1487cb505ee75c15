package io.lasttable.edge;

import io.quarkus.runtime.LaunchMode;

/** The key of the watch tokens that stands in this project for everybody to read: no service starts in production with it. */
public final class PublishedKey {

    private static final String PUBLISHED = "a-key-for-development-only";

    private PublishedKey() {}

    /** @throws IllegalStateException if it is the published one, in production */
    public static void refuse(String watchTokenKey, LaunchMode mode) {
        if (mode == LaunchMode.NORMAL && watchTokenKey.startsWith(PUBLISHED)) {
            throw new IllegalStateException(
                    "The watch token key is the published one for development: set LASTTABLE_WATCH_TOKEN_KEY to a secret"
                            + " of at least 32 characters, the same for booking-service and notify-service.");
        }
    }
}
