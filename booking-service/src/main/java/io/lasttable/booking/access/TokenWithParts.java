package io.lasttable.booking.access;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.ProblemResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a bearer token one of whose parts is empty, such as {@code ..}: no token is like that, and Quarkus answers it with a 500. */
@ApplicationScoped
class TokenWithParts {

    /** Quarkus looks at tokens at 200. */
    private static final int BEFORE_TOKENS = 210;

    private static final String SCHEME = "bearer ";

    void register(@Observes Filters filters) {
        filters.register(TokenWithParts::check, BEFORE_TOKENS);
    }

    private static void check(RoutingContext context) {
        String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) && hasEmptyPart(header)) {
            ProblemResponse.send(
                    context,
                    Problem.of(Problem.Type.UNAUTHORIZED, "Send a valid bearer token in the Authorization header."));
        } else {
            context.next();
        }
    }

    private static boolean hasEmptyPart(String header) {
        String token = header.substring(SCHEME.length()).strip();
        return token.startsWith(".") || token.endsWith(".") || token.contains("..");
    }
}
