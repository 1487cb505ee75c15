package io.lasttable.booking.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.embedded.VanishingDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final int CONNECTIONS = 3;
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private final VanishingDatabase database = new VanishingDatabase();
    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    @BeforeEach
    void start() {
        String name = database.start().get("LASTTABLE_DATABASE_NAME");
        PgConnectOptions server = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(database.port())
                .setDatabase(name)
                .setUser("postgres")
                .setPassword("postgres");
        pool = Connections.pool(vertx, List.of(server), new PoolOptions().setMaxSize(CONNECTIONS), SILENCE);
    }

    @AfterEach
    void stop() {
        // Not waited for: a handshake that was under way when the database vanished has nobody to say goodbye to.
        assertThat(vertx.close()).isNotNull();
        database.stop();
    }

    @Test
    void connectionsThatWentSilentGiveTheirPlacesBack() throws Exception {
        ask();
        database.vanish();
        assertThat(IntStream.range(0, CONNECTIONS)
                        .mapToObj(n -> pool.query("select 1").execute())
                        .toList())
                .hasSize(CONNECTIONS);
        await().atMost(Duration.ofSeconds(30)).until(() -> fails());
        database.comeBack();
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(this::ask);
    }

    @Test
    void whateverIsSaidOfAConnectionThatWasClosedItIsAnOutage() throws Exception {
        SqlConnection connection = soon(pool.getConnection());
        database.vanish();
        List<Throwable> failures = new ArrayList<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Throwable failure = soon(connection
                    .query("select 1")
                    .execute()
                    .transform(answered -> Future.succeededFuture(answered.cause())));
            failures.add(failure);
            return failure.getMessage().contains("not active");
        });
        assertThat(failures).allMatch(Outage::explains);
    }

    private boolean fails() throws InterruptedException, TimeoutException {
        try {
            ask();
            return false;
        } catch (ExecutionException refused) {
            return true;
        }
    }

    private void ask() throws ExecutionException, InterruptedException, TimeoutException {
        assertThat(soon(pool.query("select 1").execute()).size()).isEqualTo(1);
    }

    private static <T> T soon(Future<T> asked) throws ExecutionException, InterruptedException, TimeoutException {
        return asked.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
