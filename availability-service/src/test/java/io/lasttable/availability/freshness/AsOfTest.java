package io.lasttable.availability.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.lasttable.availability.settings.AvailabilitySettings;
import io.lasttable.availability.world.Database;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The lag that an answer says is an upper bound, whatever was waited for on the way. */
class AsOfTest {

    private static final TopicPartition VENUES = new TopicPartition("lasttable.venues.v1", 0);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static Database database;

    private final AvailabilitySettings settings = new SmallRyeConfigBuilder()
            .withMapping(AvailabilitySettings.class)
            .build()
            .getConfigMapping(AvailabilitySettings.class);
    private final Freshness freshness = new Freshness(settings, new SimpleMeterRegistry());

    @BeforeAll
    static void startDatabase() {
        database = new Database();
    }

    @AfterAll
    static void stopDatabase() {
        database.close();
    }

    @Test
    void whatIsLearntWhileAReadRunsDoesNotMakeItsAnswerNewer() {
        freshness.held(System.nanoTime() - 3 * SECOND);
        AsOf asOf = freshness.asOf();
        freshness.held(System.nanoTime());

        assertThat(asOf.lagMillis().orElseThrow()).isGreaterThanOrEqualTo(3000);
    }

    @Test
    void aWaitForAConnectionMakesTheLagLongerAndNotShorter() {
        Progress progress = new Progress(database.pool(), freshness, settings);
        OffsetDateTime asked = progress.now().await().indefinitely();
        long before = System.nanoTime();
        List<SqlConnection> all = allConnections();
        var noted = progress.note(List.of(new Progress.Proof(VENUES, 7, asked)))
                .chain(() -> progress.share(1))
                .subscribeAsCompletionStage();
        assertThat(database.execute(all.get(0), "SELECT pg_sleep(1.2)")).isNotNull();
        all.forEach(SqlConnection::closeAndAwait);
        assertThat(noted.toCompletableFuture().join()).isNull();

        long waited = (System.nanoTime() - before) / 1_000_000;
        assertThat(freshness.asOf().lagMillis().orElseThrow()).isGreaterThanOrEqualTo(waited);
    }

    @Test
    void aMomentInTheFutureOfThisDatabaseIsHeldToBeNow() {
        Progress progress = new Progress(database.pool(), freshness, settings);
        OffsetDateTime ahead = progress.now().await().indefinitely().plusHours(1);
        assertThat(progress.note(List.of(new Progress.Proof(VENUES, 8, ahead)))
                        .chain(() -> progress.share(1))
                        .await()
                        .indefinitely())
                .isNull();

        assertThat(freshness.asOf().lagMillis().orElseThrow()).isNotNegative();
    }

    @Test
    void anOldAnswerIsForNobodyElseWhateverItsStatus() {
        AsOf old = new AsOf(System.nanoTime() - 6 * SECOND, settings.reads().staleAfter());
        AsOf fresh = new AsOf(System.nanoTime(), settings.reads().staleAfter());

        assertThat(caching(old.unchanged())).isEqualTo("no-store");
        assertThat(caching(old.cached("{}"))).isEqualTo("no-store");
        assertThat(caching(fresh.unchanged())).isEqualTo("public, max-age=1");
    }

    private static Object caching(jakarta.ws.rs.core.Response.ResponseBuilder answer) {
        return answer.build().getHeaders().getFirst("Cache-Control");
    }

    private static List<SqlConnection> allConnections() {
        List<SqlConnection> all = new ArrayList<>();
        for (int n = 0; n < Database.CONNECTIONS; n++) {
            all.add(database.pool().getConnection().await().indefinitely());
        }
        return all;
    }
}
