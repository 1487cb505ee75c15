package io.lasttable.booking.problem;

import io.lasttable.booking.BookingConfig;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What is refused before or behind the resources, and so never meets {@link ProblemMappers}. */
@ApplicationScoped
class HttpProblems {

    private static final int FIRST = Integer.MIN_VALUE;

    /** Just before Quarkus' own limit, which answers without a word. */
    private static final int BEFORE_UPLOAD_LIMIT = -3;

    private static final String BULK = "/reservations/import";

    private final BookingConfig.Limits limits;

    HttpProblems(BookingConfig config) {
        limits = config.limits();
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(HttpProblems::plain);
        router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::limit);
        router.route().failureHandler(HttpProblems::failed);
        router.route().order(Integer.MAX_VALUE).handler(HttpProblems::nowhere);
    }

    private static void plain(RoutingContext context) {
        if (PlainPath.is(context.request().path())) {
            context.next();
        } else {
            answer(context, Problem.invalid("/path", PlainPath.EXPECTED));
        }
    }

    /** A body that announces too many bytes is not read at all; one that does not announce them ends its connection. */
    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        long most = request.path().endsWith(BULK)
                ? limits.maxImport().asLongValue()
                : limits.maxBody().asLongValue();
        String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced == null || Long.parseLong(announced) <= most) {
            context.next();
            return;
        }
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        answer(context, Problem.of(Problem.Type.TOO_LARGE, "Send at most " + most + " bytes."));
    }

    private static void failed(RoutingContext context) {
        if (context.failure() instanceof AuthenticationFailedException) {
            context.response().putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            answer(context, Problem.of(Problem.Type.UNAUTHORIZED, "The bearer token is expired, forged or malformed."));
        } else if (context.statusCode() == 413) {
            answer(context, Problem.of(Problem.Type.TOO_LARGE, "Send a smaller body."));
        } else {
            context.next();
        }
    }

    private static void nowhere(RoutingContext context) {
        answer(context, Problem.of(Problem.Type.NOT_FOUND, "See /q/openapi for the paths."));
    }

    private static void answer(RoutingContext context, Problem problem) {
        context.response()
                .setStatusCode(problem.type().status())
                .putHeader("Content-Type", "application/problem+json")
                .end(new JsonObject(problem.document()).encode());
    }
}
