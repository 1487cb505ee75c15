package io.lasttable.booking.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Answers with a problem where no resource has been reached yet. */
public final class ProblemResponse {

    /** Bytes that are rather read and thrown away. */
    private static final long NOT_WORTH_A_CONNECTION = 16 * 1024;

    private ProblemResponse() {}

    /** A long body that comes with the request is not waited for: the connection ends with the answer. */
    public static void send(RoutingContext context, Problem problem) {
        Words words = Words.in(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        HttpServerResponse response = context.response()
                .setStatusCode(problem.type().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .putHeader("Content-Language", words.languages(problem))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.retryAfter().ifPresent(seconds -> response.putHeader("Retry-After", String.valueOf(seconds)));
        if (problem.type() == Problem.Type.UNAUTHORIZED && !response.headers().contains("WWW-Authenticate")) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (AnnouncedBody.of(context.request()) > NOT_WORTH_A_CONNECTION) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.end(new JsonObject(problem.document(words)).encode());
    }
}
