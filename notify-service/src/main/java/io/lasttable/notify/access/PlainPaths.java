package io.lasttable.notify.access;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a path that is not {@link PlainPath plain} before anything else reads it. */
@ApplicationScoped
class PlainPaths {

    void register(@Observes Router router) {
        var route = router.route().order(Integer.MIN_VALUE).handler(PlainPaths::check);
        assert route != null;
    }

    private static void check(RoutingContext context) {
        if (PlainPath.is(context.request().path())) {
            context.next();
            return;
        }
        var ended = context.response()
                .setStatusCode(400)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "/problems/validation-error")
                        .put("title", "The request is not valid")
                        .put("status", 400)
                        .put("detail", "The path " + PlainPath.EXPECTED + ".")
                        .encode());
        assert ended != null;
    }
}
