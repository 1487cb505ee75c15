package io.lasttable.availability.settings;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what Quarkus has no settings for: how many statements wait for a connection and for how long, and how long a
 * connection may say nothing.
 *
 * <p>A database that vanishes without closing its connections would hold each that a statement waits on for ever. So a
 * connection that brings nothing for {@code SILENCE} is closed; one that rests leaves the pool well before, and no statement
 * of a server takes that long (statement_timeout is 10 s). One-shot modes know longer ones.
 */
@Singleton
class PoolLimits implements PgPoolCreator {

    private static final int REST_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 25_000;

    private final AvailabilitySettings settings;

    PoolLimits(AvailabilitySettings settings) {
        this.settings = settings;
    }

    @Override
    public Pool create(Input input) {
        int wait = (int) settings.reads().timeout().toMillis();
        PoolOptions bounded = new PoolOptions(input.poolOptions())
                .setMaxWaitQueueSize(settings.reads().waiting())
                .setConnectionTimeout(wait)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(REST_MILLIS)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        List<SqlConnectOptions> servers = new ArrayList<>();
        for (PgConnectOptions given : input.pgConnectOptionsList()) {
            PgConnectOptions server = new PgConnectOptions(given);
            server.setConnectTimeout(wait);
            server.setReadIdleTimeout(settings.feed().enabled() ? SILENCE_MILLIS : 0);
            server.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
            servers.add(server);
        }
        return PgBuilder.pool()
                .with(bounded)
                .connectingTo(servers)
                .using(input.vertx())
                .build();
    }
}
