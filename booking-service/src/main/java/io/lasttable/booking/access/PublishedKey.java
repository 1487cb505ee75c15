package io.lasttable.booking.access;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Does not start in production with the key of the watch tokens that stands in this project for everybody to read. */
@ApplicationScoped
class PublishedKey {

    private static final String PUBLISHED = "a-key-for-development-only";

    void refuse(@Observes StartupEvent start, AccessSettings settings, LaunchMode mode) {
        check(settings.watchTokenKey(), mode);
        settings.watchTokenOtherKey().ifPresent(key -> check(key, mode));
    }

    static void check(String watchTokenKey, LaunchMode mode) {
        if (mode == LaunchMode.NORMAL && watchTokenKey.startsWith(PUBLISHED)) {
            throw new IllegalStateException(
                    "The watch token key is the published one for development: set LASTTABLE_WATCH_TOKEN_KEY to a secret"
                            + " of at least 32 characters, the same for booking-service and notify-service.");
        }
    }
}
