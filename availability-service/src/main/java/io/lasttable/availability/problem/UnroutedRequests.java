package io.lasttable.availability.problem;

import io.lasttable.edge.AnswerDate;
import io.lasttable.edge.DatabaseClock;
import io.lasttable.edge.PlainPath;
import io.lasttable.edge.RequestId;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.IntStream;

/** Problem documents for what never reaches a resource: no such path, an address that cannot be decoded or has two readings. */
@ApplicationScoped
class UnroutedRequests {

    private static final int[] STATUSES = {400, 403, 404, 405, 406, 413, 414, 415};

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).handler(UnroutedRequests::plain);
        IntStream.of(STATUSES)
                .forEach(
                        status -> router.errorHandler(status, context -> answer(context, new Problem.Refused(status))));
        router.route().last().handler(context -> answer(context, new Problem.Refused(404)));
    }

    private static void plain(RoutingContext context) {
        RequestId.give(context);
        AnswerDate.give(context, DatabaseClock.UTC);
        if (PlainPath.is(context.request().path())) {
            context.next();
        } else {
            answer(context, new Problem.ValidationError(List.of(new Problem.Violation("/path", PlainPath.EXPECTED))));
        }
    }

    private static void answer(RoutingContext context, Problem problem) {
        if (context.response().ended()) {
            return;
        }
        ProblemDocument document = ProblemDocument.of(problem);
        Words words = Words.in(context.request().getHeader("Accept-Language"));
        context.response()
                .setStatusCode(document.status())
                .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
                .putHeader("Cache-Control", "no-store")
                .putHeader("Content-Language", words.languages(document))
                .end(Json.encode(words.translated(document)));
    }
}
