package io.lasttable.booking.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A bad token is refused before any resource runs, so its problem document is written here. */
@ApplicationScoped
class AuthenticationProblems {

    void register(@Observes Router router) {
        var route = router.route().failureHandler(AuthenticationProblems::answer);
        assert route != null;
    }

    private static void answer(RoutingContext request) {
        if (!(request.failure() instanceof AuthenticationFailedException)) {
            request.next();
            return;
        }
        Problem problem = Problem.of(Problem.Type.UNAUTHORIZED, "The bearer token is expired, forged or malformed.");
        var sent = request.response()
                .setStatusCode(problem.type().status())
                .putHeader("Content-Type", "application/problem+json")
                .putHeader("WWW-Authenticate", "Bearer error=\"invalid_token\"")
                .end(new JsonObject(problem.document()).encode());
        assert sent != null;
    }
}
