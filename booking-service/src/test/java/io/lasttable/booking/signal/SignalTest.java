package io.lasttable.booking.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.booking.database.Connections;
import io.lasttable.embedded.VanishingDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalTest {

    /** Shorter than in production, for the tests' sake. */
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Duration DEBOUNCE = Duration.ofMillis(50);

    private final VanishingDatabase database = new VanishingDatabase();
    private final Vertx vertx = Vertx.vertx();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> heardThere = new CopyOnWriteArrayList<>();
    private Pool pool;
    private SignalConnection hereConnection;
    private SignalConnection thereConnection;
    private SignalSender here;
    private SignalSender there;

    @BeforeEach
    void start() {
        String name = database.start().get("LASTTABLE_DATABASE_NAME");
        PgConnectOptions server = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(database.port())
                .setDatabase(name)
                .setUser("postgres")
                .setPassword("postgres");
        pool = Connections.pool(vertx, List.of(server), new PoolOptions().setMaxSize(10), SILENCE);
        hereConnection = connection("here", heard);
        thereConnection = connection("there", heardThere);
        here = new SignalSender(vertx, DEBOUNCE, hereConnection::tell);
        there = new SignalSender(vertx, DEBOUNCE, thereConnection::tell);
        hereConnection.open();
        thereConnection.open();
    }

    @AfterEach
    void stop() {
        hereConnection.close();
        thereConnection.close();
        assertThat(vertx.close()).isNotNull();
        database.stop();
    }

    @Test
    void otherReplicasAreHeardAndOneIsDeafToItself() {
        untilHeard("CHANGES chez-nous", () -> there.add(Signal.CHANGES, Set.of("chez-nous")));
        here.add(Signal.OUTBOX, Set.of("1"));
        untilHeard("OUTBOX 2", () -> there.add(Signal.OUTBOX, Set.of("2")));
        await().until(() -> heardThere.contains("OUTBOX 1"));
        assertThat(heard).doesNotContain("OUTBOX 1");
    }

    @Test
    void afterALostConnectionEverythingIsLookedAt() throws Exception {
        untilHeard("OUTBOX 1", () -> there.add(Signal.OUTBOX, Set.of("1")));
        assertThat(rows("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where pid <> pg_backend_pid() and datname = current_database()"))
                .isPositive();
        untilHeard("OUTBOX *", () -> {});
        untilHeard("OUTBOX 3", () -> there.add(Signal.OUTBOX, Set.of("3")));
    }

    /** Nothing is closed and nothing is refused: only that nothing comes any more shows it. */
    @Test
    void afterADatabaseThatWasSilentEverythingIsLookedAt() {
        untilHeard("OUTBOX 1", () -> there.add(Signal.OUTBOX, Set.of("1")));
        database.vanish();
        there.add(Signal.OUTBOX, Set.of("2"));
        await().atMost(Duration.ofSeconds(30)).until(this::isAway);
        database.comeBack();
        untilHeard("OUTBOX *", () -> {});
        untilHeard("OUTBOX 3", () -> there.add(Signal.OUTBOX, Set.of("3")));
        assertThat(heard).doesNotContain("OUTBOX 2");
    }

    @Test
    void tooManyNamesBecomeAny() {
        Set<String> many = IntStream.range(0, 1_000).mapToObj(n -> "venue-" + n).collect(Collectors.toSet());
        untilHeard("CHANGES *", () -> there.add(Signal.CHANGES, many));
    }

    @Test
    void whatComesWithinTheDebounceIsToldTogether() {
        List<String> told = new CopyOnWriteArrayList<>();
        SignalSender sender = new SignalSender(vertx, Duration.ofSeconds(1), (signal, names) -> told.add(names));
        sender.add(Signal.OUTBOX, Set.of("0"));
        await().until(() -> told.contains("0"));
        Set<String> rest = new HashSet<>();
        for (int shard = 1; shard <= 5; shard++) {
            sender.add(Signal.OUTBOX, Set.of(Integer.toString(shard)));
            rest.add(Integer.toString(shard));
        }
        await().until(() -> told.size() == 2);
        assertThat(told.get(1).split(",")).containsExactlyInAnyOrderElementsOf(rest);
    }

    private boolean isAway() throws Exception {
        try {
            return rows("select 1") < 0;
        } catch (ExecutionException lost) {
            return true;
        }
    }

    private int rows(String sql) throws Exception {
        return pool.query(sql)
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .size();
    }

    /** A signal may come before the receiver listens, and is then repeated. */
    private void untilHeard(String signal, Runnable send) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            send.run();
            return heard.contains(signal);
        });
    }

    private SignalConnection connection(String name, List<String> heard) {
        return new SignalConnection(
                vertx, pool, SILENCE, name, (signal, names) -> names.forEach(each -> heard.add(signal + " " + each)));
    }
}
