package io.lasttable.notify.live;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Takes from an upgrade the identity that Quarkus would find out when somebody asks. Nobody does, a token is verified by
 * {@link UpgradeCheck}; but the extension would keep it, and with it the whole request, for as long as the connection lives.
 */
@ApplicationScoped
class RequestLetGo {

    private static final int AFTER_SECURITY = SecurityHandlerPriorities.AUTHORIZATION - 1;

    void register(@Observes Filters filters) {
        filters.register(RequestLetGo::handle, AFTER_SECURITY);
    }

    private static void handle(RoutingContext context) {
        if (context.request().headers().contains(HttpHeaders.UPGRADE)) {
            context.remove(QuarkusHttpUser.DEFERRED_IDENTITY_KEY);
        }
        context.next();
    }
}
