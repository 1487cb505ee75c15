package io.lasttable.booking.http;

import io.lasttable.edge.DeprecationHeaders;
import io.lasttable.edge.OpenApiDocument;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the OpenAPI document as it was written, also where it is public, and tells callers of what it marks as going. */
@ApplicationScoped
class OpenApiAsWritten {

    private static final String PUBLIC = "/v1/openapi/booking.yaml";

    private final OpenApiDocument document = new OpenApiDocument();
    private final boolean isPublic;

    OpenApiAsWritten(DocsSettings settings) {
        isPublic = settings.enabled();
    }

    void register(@Observes Router router) {
        document.serveInPlaceOfTheExtensions(router);
        if (isPublic) {
            document.serve(router, PUBLIC);
        }
    }

    void register(@Observes Filters filters) {
        DeprecationHeaders.register(filters, OpenApiDocument.text());
    }
}
