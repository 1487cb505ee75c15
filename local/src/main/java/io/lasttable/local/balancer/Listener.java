package io.lasttable.local.balancer;

import io.lasttable.edge.PlainPath;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One event loop's share of the listening port. */
final class Listener extends AbstractVerticle {

    private static final int MOST_CONNECTIONS_TO_A_TARGET = 20_000;

    private final LoadBalancerSettings settings;
    private final Routes routes;
    private final Handler<HttpServerRequest> elsewhere;
    private final Map<TargetGroup, Handler<HttpServerRequest>> requests = new HashMap<>();
    private final Map<TargetGroup, Handler<HttpServerRequest>> upgrades = new HashMap<>();

    Listener(LoadBalancerSettings settings, Routes routes, Handler<HttpServerRequest> elsewhere) {
        this.settings = settings;
        this.routes = routes;
        this.elsewhere = elsewhere;
    }

    @Override
    public void start(Promise<Void> started) {
        HttpClient client = vertx.createHttpClient(clientOptions());
        for (TargetGroup group : routes.groups()) {
            requests.put(group, HttpForwarding.to(group, client, settings.idleTimeout()));
            upgrades.put(group, new WebSocketForwarding(group, client));
        }
        vertx.createHttpServer(serverOptions())
                .requestHandler(this::route)
                .listen(settings.port(), "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private HttpServerOptions serverOptions() {
        return new HttpServerOptions()
                .setIdleTimeout((int) settings.idleTimeout().plusSeconds(1).toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setAcceptBacklog(4096)
                .setMaxHeaderSize(16 * 1024)
                .setTcpNoDelay(true);
    }

    private HttpClientOptions clientOptions() {
        return new HttpClientOptions()
                .setMaxPoolSize(MOST_CONNECTIONS_TO_A_TARGET)
                .setIdleTimeout((int) settings.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setConnectTimeout(5_000)
                .setTcpNoDelay(true);
    }

    private void route(HttpServerRequest request) {
        if (!PlainPath.is(request.path())) {
            LoadBalancer.answer(request, GatewayError.NOT_PLAIN, "");
            return;
        }
        var group = routes.groupFor(request.path());
        if (group.isEmpty()) {
            elsewhere.handle(request);
        } else if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            upgrades.get(group.get()).handle(request);
        } else {
            requests.get(group.get()).handle(request);
        }
    }
}
