package io.lasttable.availability.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatabaseOutageTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() throws Exception {
        var closed = vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(closed).isNull();
    }

    /** It takes connections and says nothing, as one that hangs. */
    @Test
    void aConnectionThatIsNotToBeHadInTimeIsAnOutage() throws Exception {
        NetServer silent = vertx.createNetServer()
                .connectHandler(socket -> {})
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        Pool pool = PgBuilder.pool()
                .connectingTo(new PgConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(silent.actualPort())
                        .setDatabase("nothing")
                        .setUser("nobody")
                        .setPassword("nothing"))
                .with(new PoolOptions()
                        .setMaxSize(1)
                        .setConnectionTimeout(100)
                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                .using(vertx)
                .build();
        CompletableFuture<Throwable> failure = pool.query("select 1")
                .execute()
                .toCompletionStage()
                .handle((rows, failed) -> failed)
                .toCompletableFuture();
        Throwable failed = failure.get(30, TimeUnit.SECONDS);
        assertThat(DatabaseOutage.isBehind(failed)).as(failed.toString()).isTrue();
    }
}
