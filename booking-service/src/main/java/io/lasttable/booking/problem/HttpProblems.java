package io.lasttable.booking.problem;

import io.lasttable.edge.AnswerDate;
import io.lasttable.edge.DatabaseClock;
import io.lasttable.edge.PlainPath;
import io.lasttable.edge.RequestId;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/** What is refused before or behind the resources, and so never meets {@link ProblemMappers}. */
@ApplicationScoped
class HttpProblems {

    private static final int FIRST = Integer.MIN_VALUE;

    /** Just before Quarkus' own limit, which answers without a word. */
    private static final int BEFORE_UPLOAD_LIMIT = -3;

    private static final String BULK = "/reservations/import";

    private final BodySettings limits;
    private final ResourcePaths paths;

    HttpProblems(BodySettings settings, ResourcePaths paths) {
        this.limits = settings;
        this.paths = paths;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(HttpProblems::plain);
        router.options().order(BEFORE_UPLOAD_LIMIT).handler(this::options);
        router.route().order(BEFORE_UPLOAD_LIMIT).handler(this::limit);
        router.route().failureHandler(HttpProblems::failed);
        router.route().order(Integer.MAX_VALUE).handler(HttpProblems::nowhere);
    }

    private static void plain(RoutingContext context) {
        RequestId.give(context);
        AnswerDate.give(context, DatabaseClock.UTC);
        if (PlainPath.is(context.request().path())) {
            context.next();
        } else {
            ProblemResponse.send(context, Problem.invalid("/path", PlainPath.EXPECTED));
        }
    }

    /** Quarkus would name the methods of one resource class only, where the paths of several share a beginning. */
    private void options(RoutingContext context) {
        Set<String> methods = paths.methods(context.request().path());
        if (methods.isEmpty()) {
            context.next();
            return;
        }
        HttpServerResponse response =
                context.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
        if (methods.contains("PATCH")) {
            String taken = String.join(", ", paths.consumed(context.request().path(), "PATCH"));
            response.putHeader("Accept-Patch", taken);
        }
        response.end();
    }

    /** A body that announces too many bytes is not read at all; one that does not announce them ends its connection. */
    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        long most = request.path().endsWith(BULK)
                ? limits.maxImport().asLongValue()
                : limits.maxBody().asLongValue();
        long announced = AnnouncedBody.of(request);
        if (announced <= most || announced == AnnouncedBody.UNKNOWN) {
            context.next();
            return;
        }
        ProblemResponse.send(context, Problem.of(Problem.Type.TOO_LARGE, "Send at most " + most + " bytes."));
    }

    private static void failed(RoutingContext context) {
        if (context.failure() instanceof AuthenticationFailedException) {
            context.response().putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"");
            ProblemResponse.send(
                    context,
                    Problem.of(Problem.Type.UNAUTHORIZED, "The bearer token is expired, forged or malformed."));
        } else if (context.statusCode() == 413) {
            ProblemResponse.send(context, Problem.of(Problem.Type.TOO_LARGE, "Send a smaller body."));
        } else {
            context.next();
        }
    }

    private static void nowhere(RoutingContext context) {
        ProblemResponse.send(
                context,
                Problem.of(Problem.Type.NOT_FOUND, "The OpenAPI document has the paths: /v1/openapi/booking.yaml."));
    }
}
