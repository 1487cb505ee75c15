package io.lasttable.notify.client;

import io.lasttable.edge.OpenApiDocument;
import io.lasttable.notify.NotifyConfig;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the OpenAPI document where it is public, as it was written. */
@ApplicationScoped
class OpenApiAsWritten {

    private static final String PUBLIC = "/v1/openapi/live.yaml";

    private final boolean isPublic;

    OpenApiAsWritten(NotifyConfig config) {
        isPublic = config.docs().enabled();
    }

    void register(@Observes Router router) {
        if (isPublic) {
            new OpenApiDocument().serve(router, PUBLIC);
        }
    }
}
