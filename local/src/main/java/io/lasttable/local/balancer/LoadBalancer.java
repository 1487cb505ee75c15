package io.lasttable.local.balancer;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.impl.logging.Logger;
import io.vertx.core.impl.logging.LoggerFactory;
import java.time.Duration;

/**
 * Stands in for the Application Load Balancer of the chart. A request goes by its path to a target group and there to
 * the next healthy replica; nothing ties a client to a replica. Unlike an ALB it does not fail open: with no healthy
 * target it answers 503 instead of trying an unhealthy one.
 *
 * <p>Draining ({@link #deregister}): the target gets nothing new at once, what it has may finish within the delay, and
 * the rest is closed.
 */
public final class LoadBalancer {

    /** Response header that names the replica that answered, on upgrades too. An ALB has no such thing. */
    public static final String TARGET_HEADER = "X-Lasttable-Target";

    private static final Logger LOG = LoggerFactory.getLogger(LoadBalancer.class);

    private final Vertx vertx;
    private final HealthChecks health;
    private final String deployment;

    private LoadBalancer(Vertx vertx, HealthChecks health, String deployment) {
        this.vertx = vertx;
        this.health = health;
        this.deployment = deployment;
    }

    /**
     * Listens on 127.0.0.1.
     *
     * @param elsewhere gets every request that no rule takes (the page and the token issuer)
     */
    public static Future<LoadBalancer> start(
            Vertx vertx, LoadBalancerSettings settings, Routes routes, Handler<HttpServerRequest> elsewhere) {
        var loops = new DeploymentOptions()
                .setInstances(Math.min(2, Runtime.getRuntime().availableProcessors()));
        return vertx.deployVerticle(() -> new Listener(settings, routes, elsewhere), loops)
                .map(id -> new LoadBalancer(vertx, new HealthChecks(vertx, routes, settings.healthInterval()), id));
    }

    /** For a listener without a page: everything else is 404. */
    public static void noRoute(HttpServerRequest request) {
        answer(request, GatewayError.NO_ROUTE, "");
    }

    /** Drains a target; completes when it is out of the group, after at most {@code delay}. */
    public Future<Void> deregister(TargetGroup group, Target target, Duration delay) {
        target.become(Target.State.DRAINING);
        Promise<Void> out = Promise.promise();
        long deadline = System.nanoTime() + delay.toNanos();
        long poll = vertx.setPeriodic(1, 50, tick -> {
            if (target.inFlight() == 0 || System.nanoTime() - deadline >= 0) {
                target.closeAll();
                group.remove(target);
                out.tryComplete();
            }
        });
        return out.future().onComplete(done -> vertx.cancelTimer(poll));
    }

    public Future<Void> close() {
        health.stop();
        return vertx.undeploy(deployment);
    }

    static void answer(HttpServerRequest request, GatewayError error, String group) {
        request.response()
                .setStatusCode(error.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, GatewayError.CONTENT_TYPE)
                .end(error.body(group))
                .onFailure(LoadBalancer::closed);
    }

    /** The peer went away first: nothing is left to do, so this is worth a debug line only. */
    static void closed(Throwable failure) {
        LOG.debug("Connection was closed already", failure);
    }
}
