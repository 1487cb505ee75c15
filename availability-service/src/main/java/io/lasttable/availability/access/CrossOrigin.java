package io.lasttable.availability.access;

import io.lasttable.availability.freshness.Freshness;
import io.lasttable.availability.settings.AvailabilitySettings;
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
 * Lets browser pages of other origins read. Vert.x's own handler rather than Quarkus' filter, because answers are shared
 * by caches: the first says {@code *}, or else {@code Vary: Origin}; the second echoes one page's origin to all of them.
 */
@ApplicationScoped
class CrossOrigin {

    private static final int BEFORE_ALL_ELSE = 300;
    private static final String ANY = "*";
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(24);

    private final List<String> origins;
    private final CorsHandler cors = CorsHandler.create();

    CrossOrigin(AvailabilitySettings settings) {
        this.origins = settings.cors().origins().orElse(List.of());
    }

    void register(@Observes Filters filters) {
        filters.register(CrossOrigin::vary, BEFORE_ALL_ELSE);
        if (origins.isEmpty()) {
            return;
        }
        if (!origins.contains(ANY)) {
            cors.addOrigins(origins);
        }
        cors.allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD))
                .allowedHeaders(Set.of("If-None-Match"))
                .exposedHeaders(Set.of(
                        "Date",
                        "ETag",
                        Freshness.HEADER,
                        "Retry-After",
                        "X-Request-Id",
                        RateLimit.REMAINING,
                        RateLimit.POLICY,
                        "Deprecation",
                        "Sunset",
                        "Link"))
                .maxAgeSeconds((int) PREFLIGHT_KEPT.toSeconds());
        filters.register(this::handle, BEFORE_ALL_ELSE);
    }

    /** What a cache holds may be compressed. */
    private static void vary(RoutingContext context) {
        context.response().headers().add("Vary", "Accept-Encoding");
        context.next();
    }

    private void handle(RoutingContext context) {
        if (origins.contains(ANY)) {
            context.response().putHeader("Access-Control-Allow-Origin", ANY);
        }
        cors.handle(context);
    }
}
