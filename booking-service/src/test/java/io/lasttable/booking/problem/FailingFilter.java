package io.lasttable.booking.problem;

import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Fails a request of a test that asks for it, by a throwable that is no exception. */
public class FailingFilter {

    static final String HEADER = "Test-Fails-With";

    @ServerRequestFilter
    public Uni<Response> fail(ContainerRequestContext request) {
        String message = request.getHeaderString(HEADER);
        return message == null
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().failure(new NoStackTraceThrowable(message));
    }
}
