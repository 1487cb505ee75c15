package io.lasttable.booking.background;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether there is background work. */
@ConfigMapping(prefix = "lasttable")
interface BackgroundSettings {

    /** Whether this process relays the outbox and opens days; {@code provision} turns it off for itself. */
    @WithDefault("true")
    boolean background();
}
