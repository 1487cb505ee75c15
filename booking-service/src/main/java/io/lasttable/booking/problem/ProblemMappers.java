package io.lasttable.booking.problem;

import io.lasttable.booking.database.Outage;
import io.lasttable.booking.json.JsonBody;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where errors become {@code application/problem+json}. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final ResourcePaths paths;
    private final HttpServerRequest request;

    ProblemMappers(ResourcePaths paths, HttpServerRequest request) {
        this.paths = paths;
        this.request = request;
    }

    @ServerExceptionMapper
    Response problem(Problem problem) {
        Words words = Words.in(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Response.ResponseBuilder response = Response.status(problem.type().status())
                .type("application/problem+json")
                .header(HttpHeaders.CONTENT_LANGUAGE, words.languages(problem))
                .entity(problem.document(words));
        switch (problem.type()) {
            case OVERLOADED, IDEMPOTENCY_KEY_IN_USE, RATE_LIMITED ->
                response.header("Retry-After", problem.retryAfter().orElse(1));
            case UNAUTHORIZED -> response.header("WWW-Authenticate", "Bearer");
            default -> {}
        }
        return response.build();
    }

    @ServerExceptionMapper
    Response unreadable(JsonBody.Unreadable e) {
        return problem(Problem.invalid("", e.getMessage()));
    }

    @ServerExceptionMapper({AuthenticationFailedException.class, UnauthorizedException.class})
    Response unauthorized(Exception e) {
        return problem(Problem.of(Problem.Type.UNAUTHORIZED, "Send a valid bearer token in the Authorization header."));
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e) {
        return problem(Problem.of(Problem.Type.FORBIDDEN, "The token lacks a scope or the venue."));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException e, UriInfo uri) {
        return switch (e.getResponse().getStatus()) {
            case 404, 405 -> nowhere(paths.methods(uri.getPath()));
            case 406 ->
                notAcceptable(paths.produced(uri.getPath(), request.method().name()));
            case 413 -> problem(Problem.of(Problem.Type.TOO_LARGE, "Send a smaller body."));
            case 415 ->
                unsupported(paths.consumed(uri.getPath(), request.method().name()));
            default -> e.getResponse();
        };
    }

    private Response nowhere(Set<String> allowed) {
        return allowed.isEmpty()
                ? problem(Problem.of(
                        Problem.Type.NOT_FOUND, "The OpenAPI document has the paths: /v1/openapi/booking.yaml."))
                : Response.fromResponse(problem(
                                Problem.of(Problem.Type.METHOD_NOT_ALLOWED, "Use " + String.join(", ", allowed) + ".")))
                        .header("Allow", String.join(", ", allowed))
                        .build();
    }

    private Response notAcceptable(Set<String> offered) {
        return problem(Problem.of(Problem.Type.NOT_ACCEPTABLE, "Accept " + String.join(" or ", offered) + "."));
    }

    /** Names what is taken as RFC 9110 has it (section 15.5.16). */
    private Response unsupported(Set<String> taken) {
        return Response.fromResponse(problem(
                        Problem.of(Problem.Type.UNSUPPORTED_MEDIA_TYPE, "Send " + String.join(" or ", taken) + ".")))
                .header(HttpHeaders.ACCEPT, String.join(", ", taken))
                .build();
    }

    /** Not all that fails is an exception: some of what the database's client says is not. */
    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        if (Outage.explains(e)) {
            LOG.warnf("The database cannot be reached: %s", e.getMessage());
            return problem(
                    Problem.of(Problem.Type.OVERLOADED, "The database cannot be reached; try again in a second."));
        }
        LOG.error("Unexpected failure of a request", e);
        return problem(Problem.of(Problem.Type.INTERNAL_ERROR, "Nothing was changed, or asking again will tell."));
    }
}
