package io.lasttable.notify.access;

import io.lasttable.edge.PublishedKey;
import io.lasttable.notify.NotifyConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Does not start in production with the key of the watch tokens that everybody can read. */
@ApplicationScoped
class WatchTokenKeyCheck {

    void refuse(@Observes StartupEvent start, NotifyConfig config, LaunchMode mode) {
        PublishedKey.refuse(config.watchTokenKey(), mode);
        config.watchTokenOtherKey().ifPresent(key -> PublishedKey.refuse(key, mode));
    }
}
