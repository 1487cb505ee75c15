package io.lasttable.booking.signal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** NOTIFY between replicas. */
@ConfigMapping(prefix = "lasttable.signal")
interface SignalSettings {

    /** The shortest time between two NOTIFY of a replica. */
    @WithDefault("PT0.005S")
    Duration debounce();
}
