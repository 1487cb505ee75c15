package io.lasttable.booking.access;

import io.lasttable.booking.problem.AnnouncedBody;
import io.lasttable.booking.problem.Problem;
import io.lasttable.booking.problem.ProblemResponse;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a body that comes without a token, or a guest's link, before any of it is read: no operation takes one from nobody. */
@ApplicationScoped
class TokenBeforeBody {

    /** Quarkus looks at tokens at 200, limits are at 150. */
    private static final int AFTER_LIMITS = 130;

    private final ManageTokens links;

    TokenBeforeBody(ManageTokens links) {
        this.links = links;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, AFTER_LIMITS);
    }

    private void check(RoutingContext context) {
        if (AnnouncedBody.of(context.request()) > 0 && isAnonymous(context) && !hasLink(context)) {
            ProblemResponse.send(
                    context,
                    Problem.of(Problem.Type.UNAUTHORIZED, "Send a valid bearer token in the Authorization header."));
        } else {
            context.next();
        }
    }

    private boolean hasLink(RoutingContext context) {
        String link = context.request().getHeader(ManageTokens.HEADER);
        return link != null && mayBeGuests(context.request()) && links.isGood(link);
    }

    /** The one call by link that has a body: a change. */
    private static boolean mayBeGuests(HttpServerRequest request) {
        return request.method().equals(HttpMethod.PATCH);
    }

    private static boolean isAnonymous(RoutingContext context) {
        return !(context.user() instanceof QuarkusHttpUser user)
                || user.getSecurityIdentity().isAnonymous();
    }
}
