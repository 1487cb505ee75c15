package io.lasttable.booking.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much somebody may send at once. */
@ConfigMapping(prefix = "lasttable.limits")
interface BodySettings {

    /** The largest JSON body. */
    @WithDefault("1M")
    MemorySize maxBody();

    /** The largest file of an import; keep {@code quarkus.http.limits.max-body-size} at least as high. */
    @WithDefault("16M")
    MemorySize maxImport();
}
