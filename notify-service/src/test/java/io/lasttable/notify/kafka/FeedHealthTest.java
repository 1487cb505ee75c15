package io.lasttable.notify.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lasttable.notify.NotifyConfig;
import io.lasttable.notify.world.Settings;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class FeedHealthTest {

    private final FeedProgress progress = new FeedProgress();

    private Status ready() {
        return new FeedReadiness(progress).call().getStatus();
    }

    /** Kafka is away for all replicas at once: whoever unreadies them all cuts every client. */
    @Test
    void aReplicaThatHasCaughtUpStaysReadyWhileKafkaIsAway() {
        assertThat(ready()).isEqualTo(Status.DOWN);
        progress.caughtUp();
        assertThat(ready()).isEqualTo(Status.UP);
        progress.stalled(true);
        assertThat(ready()).isEqualTo(Status.UP);
    }

    /** What makes a consumer fails with what nobody expects, each time. */
    @Test
    void anErrorDoesNotEndTheFeedUnnoticed() {
        AtomicInteger attempts = new AtomicInteger();
        Map<String, Object> broken = new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                attempts.incrementAndGet();
                throw new NoClassDefFoundError("expected");
            }
        };
        NotifyConfig config = Settings.with(Map.of("lasttable.feed.pause-after-failure", "PT0.05S"));
        Feed feed = new Feed(config, broken, new RecentDays(config), progress);
        feed.start(null, null);
        await().until(() -> attempts.get() > 2);
        assertThat(feed.isAlive(Duration.ofMinutes(2))).isTrue();
        await().until(() -> !feed.isAlive(Duration.ofMillis(200)));
        feed.stop(null);
        assertThat(feed.isAlive(Duration.ZERO)).isTrue();
    }
}
