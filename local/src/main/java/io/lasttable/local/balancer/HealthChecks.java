package io.lasttable.local.balancer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Asks every target on {@code /q/health/ready} of its management port. The first 200 brings a new target in; after that two answers of the
 * other kind in a row change its state, as the chart's target groups are set.
 */
final class HealthChecks {

    private static final String PATH = "/q/health/ready";
    private static final int THRESHOLD = 2;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Routes routes;
    private final HttpClient client;
    private final Map<Target, Integer> against = new HashMap<>();
    private final long timer;

    HealthChecks(Vertx vertx, Routes routes, Duration interval) {
        this.vertx = vertx;
        this.routes = routes;
        this.client = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
        this.timer = vertx.setPeriodic(1, interval.toMillis(), tick -> checkAll());
    }

    void stop() {
        boolean running = vertx.cancelTimer(timer);
        assert running;
    }

    private void checkAll() {
        routes.groups().stream()
                .flatMap(group -> group.targets().stream())
                .distinct()
                .forEach(this::check);
    }

    private void check(Target target) {
        var options = new RequestOptions()
                .setServer(target.health())
                .setHost("127.0.0.1")
                .setMethod(HttpMethod.GET)
                .setURI(PATH)
                .setTimeout(ANSWER_WITHIN.toMillis());
        client.request(options)
                .compose(request -> request.send())
                .onSuccess(response -> saw(target, response.statusCode() == 200))
                .onFailure(failure -> saw(target, false));
    }

    private void saw(Target target, boolean ready) {
        boolean healthy = target.state() == Target.State.HEALTHY;
        if (ready == healthy) {
            against.remove(target);
            return;
        }
        int seen = against.merge(target, 1, Integer::sum);
        if (seen >= THRESHOLD || target.state() == Target.State.INITIAL && ready) {
            against.remove(target);
            target.become(ready ? Target.State.HEALTHY : Target.State.UNHEALTHY);
        }
    }
}
