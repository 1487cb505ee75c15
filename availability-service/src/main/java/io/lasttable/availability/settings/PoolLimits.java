package io.lasttable.availability.settings;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Bounds how many statements wait for a connection and for how long; Quarkus has no settings for these two. */
@Singleton
class PoolLimits implements PgPoolCreator {

    private final AvailabilitySettings.Reads reads;

    PoolLimits(AvailabilitySettings settings) {
        this.reads = settings.reads();
    }

    @Override
    public Pool create(Input input) {
        PoolOptions bounded = new PoolOptions(input.poolOptions())
                .setMaxWaitQueueSize(reads.waiting())
                .setConnectionTimeout((int) reads.timeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
        return PgBuilder.pool()
                .with(bounded)
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(input.vertx())
                .build();
    }
}
