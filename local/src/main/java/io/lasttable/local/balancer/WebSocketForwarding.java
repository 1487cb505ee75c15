package io.lasttable.local.balancer;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;

/**
 * WebSockets: the upgrade is passed on as it came (subprotocols, origin, host), and from the 101 on bytes flow both
 * ways under back-pressure. vertx-http-proxy's own tunnel writes without looking whether the other side is writable,
 * which would hide a slow client from the service, and drops the body of a refused upgrade; so this one stands here.
 */
final class WebSocketForwarding implements Handler<HttpServerRequest> {

    private final TargetGroup group;
    private final HttpClient client;

    WebSocketForwarding(TargetGroup group, HttpClient client) {
        this.group = group;
        this.client = client;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Target target = group.next().orElse(null);
        if (target == null) {
            LoadBalancer.answer(request, GatewayError.NO_TARGET, group.name());
            return;
        }
        request.pause();
        client.request(new RequestOptions()
                        .setServer(target.address())
                        .setHost(
                                request.authority() == null
                                        ? "127.0.0.1"
                                        : request.authority().host())
                        .setPort(target.address().port())
                        .setURI(request.uri()))
                .compose(upstream -> connect(request, upstream))
                .compose(response -> response.statusCode() == 101
                        ? tunnel(request, response, target)
                        : refuse(request, response, target))
                .onFailure(failure -> giveUp(request));
    }

    /** With a 502, unless the answer has begun: then either side went away while the tunnel was made. */
    private void giveUp(HttpServerRequest request) {
        if (request.response().headWritten()) {
            request.connection().close().onFailure(LoadBalancer::closed);
        } else {
            request.resume();
            LoadBalancer.answer(request, GatewayError.BAD_GATEWAY, group.name());
        }
    }

    private static Future<HttpClientResponse> connect(HttpServerRequest request, HttpClientRequest upstream) {
        upstream.exceptionHandler(LoadBalancer::closed);
        upstream.headers().setAll(request.headers());
        upstream.putHeader("Connection", "Upgrade");
        Forwarded.add(request, upstream.headers());
        return upstream.connect();
    }

    private static Future<Void> tunnel(HttpServerRequest request, HttpClientResponse response, Target target) {
        NetSocket upstream = response.netSocket();
        upstream.pause();
        HttpServerResponse answer = request.response().setStatusCode(101);
        answer.headers().setAll(response.headers());
        answer.putHeader(LoadBalancer.TARGET_HEADER, target.name());
        return request.toNetSocket().map(downstream -> {
            Handler<Void> close = forced -> upstream.close().onFailure(LoadBalancer::closed);
            target.begin(close);
            pipe(downstream, upstream, target, close);
            pipe(upstream, downstream, target, close);
            return null;
        });
    }

    private static void pipe(NetSocket from, NetSocket to, Target target, Handler<Void> close) {
        from.pipeTo(to).onComplete(ended -> {
            target.end(close);
            to.close().onFailure(LoadBalancer::closed);
        });
    }

    private static Future<Void> refuse(HttpServerRequest request, HttpClientResponse response, Target target) {
        HttpServerResponse answer = request.response().setStatusCode(response.statusCode());
        return response.body().compose(body -> {
            request.resume();
            answer.headers().setAll(response.headers()).remove("Transfer-Encoding");
            answer.putHeader(LoadBalancer.TARGET_HEADER, target.name());
            return answer.end(body);
        });
    }
}
