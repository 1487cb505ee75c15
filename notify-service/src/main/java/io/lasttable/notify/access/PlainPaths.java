package io.lasttable.notify.access;

import io.lasttable.edge.AnswerDate;
import io.lasttable.edge.PlainPath;
import io.lasttable.edge.RequestId;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Refuses a path that is not {@link PlainPath plain} before anything else reads it, and whoever has asked for too much that
 * does not exist. A path that leads nowhere is counted when nobody else has taken it.
 */
@ApplicationScoped
class PlainPaths {

    /** Whatever other method comes here was taken by nobody. */
    private static final Pattern ONLY_READ =
            Pattern.compile("/v1/live/client(-[^/]+)?\\.js|/v1/live/venues/[^/]+/days/[^/]+|/v1/openapi/live\\.yaml");

    private static final String METHODS = "GET, OPTIONS";

    private final Mistakes mistakes;

    PlainPaths(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    void register(@Observes Router router) {
        var first = router.route().order(Integer.MIN_VALUE).handler(this::check);
        assert first != null;
        var last = router.route().last().handler(this::nowhere);
        assert last != null;
    }

    private void check(RoutingContext context) {
        if (!isSocket(context)) {
            RequestId.give(context);
            AnswerDate.give(context, InstantSource.system());
        }
        if (mistakes.tooMany(context.request())) {
            context.response().putHeader("Retry-After", "5");
            refuse(context, 429, "rate-limited", "Too many requests", "Ask for what exists, after a while.");
        } else if (PlainPath.is(context.request().path())) {
            context.next();
        } else {
            mistakes.count(context.request());
            String detail = "The path " + PlainPath.EXPECTED + ".";
            refuse(context, 400, "validation-error", "The request is not valid", detail);
        }
    }

    /** A name would be kept with each of them for as long as it is open. */
    private static boolean isSocket(RoutingContext context) {
        return context.request().headers().contains(HttpHeaders.UPGRADE);
    }

    private void nowhere(RoutingContext context) {
        if (ONLY_READ.matcher(context.request().path()).matches()) {
            context.response().putHeader("Allow", METHODS);
            methods(context);
            return;
        }
        mistakes.count(context.request());
        context.next();
    }

    private static void methods(RoutingContext context) {
        if (context.request().method() == HttpMethod.OPTIONS) {
            var ended = context.response().setStatusCode(204).end();
            assert ended != null;
        } else {
            refuse(context, 405, "method-not-allowed", "This is only read", "Use " + METHODS + ".");
        }
    }

    private static void refuse(RoutingContext context, int status, String type, String title, String detail) {
        var ended = context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject()
                        .put("type", "/problems/" + type)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .encode());
        assert ended != null;
    }
}
