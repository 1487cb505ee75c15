package io.lasttable.booking.changes;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** The changes feed. */
@ConfigMapping(prefix = "lasttable.changes")
interface ChangesSettings {

    /** How long a change stays in the feed; older cursors are refused. */
    @WithDefault("P7D")
    Duration retention();

    /** How often changes that are older than the retention are removed. */
    @WithDefault("PT10M")
    Duration pruneInterval();

    /** Changes that are removed in one transaction. */
    @WithDefault("5000")
    @Min(1) int pruneBatch();

    /** Long polls that may wait on one replica; past it a poll is refused as overloaded. */
    @WithDefault("20000")
    @Min(1) int maxWaiting();

    /** How often waiting polls look for changes whose signal was lost; one statement for all of them. */
    @WithDefault("PT1S")
    Duration safetyInterval();
}
