package io.lasttable.booking.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of any origin use what a guest's link opens, and book with a token of their own. Nothing here goes by cookies or by the network that a browser is in: who
 * has no link and no token gets nothing, from whatever page (docs/decisions/the-guests-own-link.md).
 */
@ApplicationScoped
class CrossOrigin {

    private static final int BEFORE_ALL_ELSE = 300;
    private static final List<String> OPEN =
            List.of("/v1/reservations/", "/v1/waitlist/", "/v1/venues/", "/v1/publishable-keys/");
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(2);

    private final CorsHandler cors = CorsHandler.create()
            .allowedMethods(
                    Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.PATCH, HttpMethod.POST, HttpMethod.DELETE))
            .allowedHeaders(Set.of(
                    ManageTokens.HEADER,
                    "Authorization",
                    "Lasttable-Watch-Token",
                    "Content-Type",
                    "If-Match",
                    "If-None-Match",
                    "Idempotency-Key"))
            .exposedHeaders(Set.of(
                    "Date",
                    "ETag",
                    "Location",
                    "Retry-After",
                    "Idempotency-Replayed",
                    "X-Request-Id",
                    "Deprecation",
                    "Sunset",
                    "Link"))
            .maxAgeSeconds((int) PREFLIGHT_KEPT.toSeconds());

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ALL_ELSE);
    }

    private void handle(RoutingContext context) {
        if (OPEN.stream().anyMatch(context.request().path()::startsWith)) {
            cors.handle(context);
        } else {
            context.next();
        }
    }
}
