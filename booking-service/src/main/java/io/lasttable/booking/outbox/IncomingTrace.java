package io.lasttable.booking.outbox;

import io.vertx.core.http.HttpServerRequest;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Keeps the caller's trace context for the events that the request leads to, also where nothing traces; of a caller without one, one
 * that they share.
 */
class IncomingTrace {

    @ServerRequestFilter(preMatching = true)
    public void remember(HttpServerRequest request) {
        TraceParent.received(request.getHeader("traceparent"));
    }
}
