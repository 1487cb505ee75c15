package io.lasttable.booking.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Idempotency keys. */
@ConfigMapping(prefix = "lasttable.idempotency")
interface IdempotencySettings {

    /** How long the answer to a key is kept. */
    @WithDefault("P1D")
    Duration retention();

    /** How often keys that are older than the retention are forgotten. */
    @WithDefault("PT10M")
    Duration pruneInterval();

    /** Keys that are forgotten in one transaction. */
    @WithDefault("5000")
    @Min(1) int pruneBatch();
}
