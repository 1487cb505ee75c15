package io.lasttable.notify.socket;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.access.WatchTokens;
import io.lasttable.notify.hub.LiveMetrics;
import jakarta.inject.Singleton;

/** What is the same for every session of this replica. */
@Singleton
class Terms {

    final NotifyConfig.Limits limits;
    final WatchTokens tokens;
    final LiveMetrics metrics;
    final long silenceMillis;
    final long idleMillis;

    Terms(NotifyConfig config, WatchTokens tokens, LiveMetrics metrics) {
        this.limits = config.limits();
        this.tokens = tokens;
        this.metrics = metrics;
        this.silenceMillis = config.live().silence().toMillis();
        this.idleMillis = config.live().idle().toMillis();
    }
}
