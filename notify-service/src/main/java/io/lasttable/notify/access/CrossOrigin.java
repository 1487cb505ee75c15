package io.lasttable.notify.access;

import io.lasttable.notify.NotifyConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Lets pages of the allowed origins import the client module and read event streams, by the same setting that lets them
 * open sockets. An upgrade needs no such headers; who may open one is decided where it is answered.
 */
@ApplicationScoped
class CrossOrigin {

    private static final int BEFORE_ALL_ELSE = 300;
    private static final String LIVE = "/v1/live";
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(24);

    private final List<String> origins;
    private final CorsHandler cors;

    CrossOrigin(NotifyConfig config) {
        this.origins = config.limits().origins().orElse(List.of());
        if (origins.contains("*")) {
            throw new IllegalStateException("lasttable.limits.origins names origins such as https://www.example.com;"
                    + " leave it out where pages of any may connect");
        }
        this.cors = CorsHandler.create()
                .allowedMethods(Set.of(HttpMethod.GET, HttpMethod.HEAD))
                .allowedHeaders(Set.of("Last-Event-ID"))
                .exposedHeaders(Set.of("Retry-After", "X-Request-Id"))
                .maxAgeSeconds((int) PREFLIGHT_KEPT.toSeconds());
        if (!origins.isEmpty()) {
            cors.addOrigins(origins);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::handle, BEFORE_ALL_ELSE);
    }

    private void handle(RoutingContext context) {
        boolean isUpgrade = "websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE));
        if (isUpgrade || !context.request().path().startsWith(LIVE)) {
            context.next();
            return;
        }
        if (origins.isEmpty()) {
            context.response().putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        cors.handle(context);
    }
}
