package io.lasttable.availability.problem;

import io.quarkus.logging.Log;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where failures become answers; what nobody foresaw is logged here, once. */
public class ProblemMapper {

    private static final long RETRY_SECONDS = 1;

    private final DatabaseOutage outage = new DatabaseOutage();

    @ServerExceptionMapper
    Response problem(ProblemException failure) {
        return response(failure.problem());
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        return response(new Problem.Refused(failure.getResponse().getStatus()));
    }

    @ServerExceptionMapper
    Response other(Throwable failure) {
        if (DatabaseOutage.isBehind(failure)) {
            outage.report(failure);
            return response(new Problem.Overloaded(RETRY_SECONDS));
        }
        Log.error("Unforeseen failure", failure);
        return response(new Problem.Unexpected());
    }

    public static Response response(Problem problem) {
        ProblemDocument document = ProblemDocument.of(problem);
        Response.ResponseBuilder answer = Response.status(document.status())
                .type(ProblemDocument.MEDIA_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(document);
        if (problem instanceof Problem.RateLimited limited) {
            answer = answer.header(HttpHeaders.RETRY_AFTER, limited.retryAfterSeconds());
        }
        if (problem instanceof Problem.Overloaded overloaded) {
            answer = answer.header(HttpHeaders.RETRY_AFTER, overloaded.retryAfterSeconds());
        }
        if (document.status() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
            answer = answer.header(HttpHeaders.ALLOW, "GET, HEAD, OPTIONS");
        }
        return answer.build();
    }
}
