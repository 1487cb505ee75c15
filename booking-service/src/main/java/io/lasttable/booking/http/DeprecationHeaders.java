package io.lasttable.booking.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says with each answer of an operation that is to go since when it is, when it goes, and what to do instead; with refusals too. */
@ApplicationScoped
class DeprecationHeaders {

    private static final int BEFORE_ALL_ELSE = 310;

    private final Deprecations deprecations;

    DeprecationHeaders() {
        this(Deprecations.in(Texts.of(Texts.OPENAPI)));
    }

    DeprecationHeaders(Deprecations deprecations) {
        this.deprecations = deprecations;
    }

    void register(@Observes Filters filters) {
        if (!deprecations.areNone()) {
            filters.register(this::tell, BEFORE_ALL_ELSE);
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
