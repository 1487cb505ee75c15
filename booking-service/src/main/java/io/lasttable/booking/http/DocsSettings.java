package io.lasttable.booking.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The OpenAPI document and the page to read and try it. */
@ConfigMapping(prefix = "lasttable.docs")
interface DocsSettings {

    /** Whether {@code /v1/docs} and {@code /v1/openapi/} are served. */
    @WithDefault("true")
    boolean enabled();
}
