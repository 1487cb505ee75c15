package io.lasttable.booking.database;

import io.lasttable.edge.Silence;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connection pool. A connection on which nothing comes for {@link #SILENCE} is closed: what waits on it fails then, be it
 * an answer, a handshake or a COMMIT, so that a server or network that goes silent without a reset holds nobody up for longer. The
 * server's own limits ({@link Transactions#LIMITS}) are shorter, so a connection that works is never silent for so long; one
 * that nobody uses is opened anew when it is needed.
 *
 * <p>Connections keep every prepared statement. Vert.x would prepare one of 2,048 characters or more anew each time, and has
 * no setting for that in Quarkus; {@link Write#joined} makes longer ones.
 */
@Singleton
public class Connections implements PgPoolCreator {

    /** Longer than a statement may run. */
    public static final Duration SILENCE = Duration.ofSeconds(10);

    /** The longest wait for a connection, be it for one that others use or for a new one. */
    public static final Duration WAIT = Duration.ofSeconds(5);

    @Override
    public Pool create(Input input) {
        return pool(input.vertx(), input.pgConnectOptionsList(), input.poolOptions(), SILENCE);
    }

    /** @param silence as {@link #SILENCE} */
    public static Pool pool(Vertx vertx, List<PgConnectOptions> servers, PoolOptions options, Duration silence) {
        List<SqlConnectOptions> limited = servers.stream()
                .<SqlConnectOptions>map(server -> limit(server, silence))
                .toList();
        return PgBuilder.pool()
                .with(limit(options, WAIT))
                .connectingTo(limited)
                .withConnectHandler(new Silence(silence))
                .using(vertx)
                .build();
    }

    /** The same options, with a limit to silence. */
    public static PgConnectOptions limit(PgConnectOptions options, Duration silence) {
        options.setConnectTimeout((int) WAIT.toMillis())
                .setTcpUserTimeout((int) silence.toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setReadIdleTimeout((int) silence.toMillis());
        options.setPreparedStatementCacheSqlFilter(statement -> true);
        return options;
    }

    /** The same options, with a limit to the wait for a connection. */
    public static PoolOptions limit(PoolOptions options, Duration wait) {
        return options.setConnectionTimeout((int) wait.toMillis()).setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }
}
