package io.lasttable.local.balancer;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyOptions;
import io.vertx.httpproxy.ProxyResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Plain requests: one target each, never tried again (a POST may have had its effect), failures told apart. */
final class HttpForwarding implements ProxyInterceptor {

    private static final String TARGET = "target";
    private static final Set<Integer> BODILESS = Set.of(204, 304);
    /** The request gives up this much before the connection's own idle timeout, so that the client gets a 504. */
    private static final long BEFORE_IDLE_MILLIS = 50;

    private final TargetGroup group;

    private HttpForwarding(TargetGroup group) {
        this.group = group;
    }

    static HttpProxy to(TargetGroup group, HttpClient client, Duration idle) {
        OriginRequestProvider origin = context -> client.request(new RequestOptions()
                        .setServer(context.get(TARGET, Target.class).address())
                        .setIdleTimeout(idle.toMillis() - BEFORE_IDLE_MILLIS))
                .onSuccess(request -> request.exceptionHandler(LoadBalancer::closed));
        return HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
                .origin(origin)
                .addInterceptor(new HttpForwarding(group));
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        HttpServerRequest request = context.request().proxiedRequest();
        Target target = group.next().orElse(null);
        if (target == null) {
            return Future.succeededFuture(answer(context, GatewayError.NO_TARGET));
        }
        context.set(TARGET, target);
        track(request, target);
        Forwarded.add(request, context.request().headers());
        if (request.authority() != null) {
            context.request().setAuthority(request.authority());
        }
        return context.sendRequest().recover(failure -> Future.succeededFuture(answer(context, kindOf(failure))));
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        Target target = context.get(TARGET, Target.class);
        if (target != null) {
            context.response().putHeader(LoadBalancer.TARGET_HEADER, target.name());
        }
        if (BODILESS.contains(context.response().getStatusCode())) {
            endHere(context.response());
        }
        return context.sendResponse();
    }

    /** The proxy would announce chunks, which such an answer never has, and clients would wait for them (RFC 9110, section 6.4.1). */
    private static void endHere(ProxyResponse response) {
        Body none = response.getBody();
        if (none != null) {
            var ended = none.stream().resume();
            assert ended != null;
            response.setBody(null);
        }
    }

    private static void track(HttpServerRequest request, Target target) {
        Handler<Void> close = forced -> request.connection().close().onFailure(LoadBalancer::closed);
        target.begin(close);
        request.response().endHandler(end -> target.end(close));
        request.response().closeHandler(end -> target.end(close));
    }

    private static GatewayError kindOf(Throwable failure) {
        return failure instanceof TimeoutException ? GatewayError.TIMED_OUT : GatewayError.BAD_GATEWAY;
    }

    private ProxyResponse answer(ProxyContext context, GatewayError error) {
        return context.request()
                .release()
                .response()
                .setStatusCode(error.status())
                .putHeader("Content-Type", GatewayError.CONTENT_TYPE)
                .setBody(Body.body(error.body(group.name())));
    }
}
