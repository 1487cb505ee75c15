package io.lasttable.availability.problem;

import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.stream.IntStream;

/** Problem documents for what never reaches a resource: no such path, an address that cannot be decoded. */
@ApplicationScoped
class UnroutedRequests {

    private static final int[] STATUSES = {400, 403, 404, 405, 406, 413, 414, 415};

    void register(@Observes Router router) {
        IntStream.of(STATUSES).forEach(status -> router.errorHandler(status, context -> answer(context, status)));
        router.route().last().handler(context -> answer(context, 404));
    }

    private static void answer(RoutingContext context, int status) {
        if (context.response().ended()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .end(Json.encode(ProblemDocument.of(new Problem.Refused(status))));
    }
}
