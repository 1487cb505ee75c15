package io.lasttable.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;

/** Says with each answer of an operation that is to go since when it is, when it goes, and what to do instead; with refusals too. */
public final class DeprecationHeaders {

    private static final int BEFORE_ALL_ELSE = 310;

    private final Deprecations deprecations;

    DeprecationHeaders(Deprecations deprecations) {
        this.deprecations = deprecations;
    }

    /** Nothing is added where the document marks nothing. */
    public static void register(Filters filters, String document) {
        Deprecations deprecations = Deprecations.in(document);
        if (!deprecations.areNone()) {
            filters.register(new DeprecationHeaders(deprecations)::tell, BEFORE_ALL_ELSE);
        }
    }

    void tell(RoutingContext context) {
        deprecations
                .of(context.request().method().name(), context.normalizedPath())
                .ifPresent(notice -> context.response()
                        .putHeader("Deprecation", notice.deprecation())
                        .putHeader("Sunset", notice.sunset())
                        .putHeader("Link", notice.link()));
        context.next();
    }
}
