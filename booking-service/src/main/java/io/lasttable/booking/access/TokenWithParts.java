package io.lasttable.booking.access;

import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.ProblemResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a bearer token one of whose parts is empty, such as {@code ..}: no token is like that, and Quarkus answers it with a 500. */
@ApplicationScoped
class TokenWithParts {

    /** Quarkus looks at tokens at 200. */
    private static final int BEFORE_TOKENS = 210;

    void register(@Observes Filters filters) {
        filters.register(TokenWithParts::check, BEFORE_TOKENS);
    }

    private static void check(RoutingContext context) {
        if (Bearer.tokenOf(context.request())
                .filter(TokenWithParts::hasEmptyPart)
                .isPresent()) {
            ProblemResponse.send(
                    context,
                    Problem.of(Problem.Type.UNAUTHORIZED, "Send a valid bearer token in the Authorization header."));
        } else {
            context.next();
        }
    }

    private static boolean hasEmptyPart(String token) {
        return token.startsWith(".") || token.endsWith(".") || token.contains("..");
    }
}
