package io.lasttable.availability.settings;

import io.lasttable.edge.Silence;
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
 * Bounds what Quarkus has no settings for: how many statements wait for a connection and for how long, how long one is waited for to
 * be made, and how long nothing may come on one before it is closed and its place is free for another: a database, or the
 * network before it, can vanish without a word.
 */
@Singleton
class PoolLimits implements PgPoolCreator {

    private final AvailabilitySettings.Reads reads;

    PoolLimits(AvailabilitySettings settings) {
        this.reads = settings.reads();
    }

    @Override
    public Pool create(Input input) {
        int wait = (int) reads.timeout().toMillis();
        PoolOptions bounded = new PoolOptions(input.poolOptions())
                .setMaxWaitQueueSize(reads.waiting())
                .setConnectionTimeout(wait)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        List<SqlConnectOptions> servers = new ArrayList<>();
        for (PgConnectOptions given : input.pgConnectOptionsList()) {
            PgConnectOptions server = new PgConnectOptions(given);
            server.setConnectTimeout(wait)
                    .setTcpUserTimeout((int) reads.silence().toMillis())
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setReadIdleTimeout((int) reads.silence().toMillis());
            servers.add(server);
        }
        return PgBuilder.pool()
                .with(bounded)
                .connectingTo(servers)
                .withConnectHandler(new Silence(reads.silence()))
                .using(input.vertx())
                .build();
    }
}
