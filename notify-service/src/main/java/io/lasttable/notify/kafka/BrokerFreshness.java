package io.lasttable.notify.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Whether what was in Kafka at the start has been read; and, where no watermarks are written, whether Kafka can be heard and
 * reading keeps up with it.
 *
 * <p>Stalled: nothing has been heard for some seconds and the broker does not answer a question either, or it is heard and
 * reading does not keep up with it: more waits to be read, and has for as long. That ends when the broker is heard and what it
 * had by then has been read: others may have gone on writing meanwhile, and clients are not told that all is well before they
 * have that. No question to the broker may last longer than {@link #ASK}, or the silence that it ends in would be told late.
 */
final class BrokerFreshness {

    static final Duration ASK = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(BrokerFreshness.class);

    private final long stalledAfterMillis;
    private final FeedProgress progress;
    private final BooleanSupplier judges;
    private final Runnable caughtUp;
    private final Clock clock = Clock.systemUTC();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private long newestRecord;
    private boolean late;
    private long heardAt = millis();

    /**
     * @param judges whether what the broker says counts: not once there are watermarks, which know more
     * @param caughtUp is told when what was there has been read
     */
    BrokerFreshness(Duration stalledAfter, FeedProgress progress, BooleanSupplier judges, Runnable caughtUp) {
        this.caughtUp = caughtUp;
        this.judges = judges;
        this.stalledAfterMillis = stalledAfter.toMillis();
        this.progress = progress;
    }

    /** What is to be read before it has caught up. */
    void readUpTo(Map<TopicPartition, Long> positions) {
        ends.putAll(positions);
    }

    /** @param timestamp of a record that has been read, milliseconds since 1970 */
    void read(long timestamp) {
        newestRecord = timestamp;
    }

    void checkCaughtUp(Consumer<byte[], byte[]> consumer) {
        if (ends.isEmpty()
                || !ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())
                || progress.isStalled() && late) {
            return;
        }
        LOG.infof("The feed has caught up on %d partitions", ends.size());
        ends.clear();
        caughtUp.run();
        if (progress.isStalled() && judges.getAsBoolean()) {
            progress.stalled(false);
        }
    }

    void everySecond(Consumer<byte[], byte[]> consumer) {
        checkLag(consumer);
        if (millis() - heardAt > stalledAfterMillis / 2) {
            ask(consumer);
        }
    }

    /** Late twice in a row: the first record after a quiet hour is not an hour late, and has been read by the next look. */
    private void checkLag(Consumer<byte[], byte[]> consumer) {
        boolean behind = consumer.assignment().stream()
                .anyMatch(partition -> consumer.currentLag(partition).orElse(0) > 0);
        long lag = behind ? Math.max(0, clock.millis() - newestRecord) : 0;
        progress.lag(lag / 1000.0);
        boolean before = late;
        late = lag > stalledAfterMillis;
        if (late && before && progress.isCaughtUp() && !progress.isStalled()) {
            ends.putAll(consumer.endOffsets(consumer.assignment(), ASK));
            tellStalled("The feed does not keep up with Kafka");
        }
    }

    /** Silence may mean that nothing happens, or that Kafka is out of reach: a question tells. */
    private void ask(Consumer<byte[], byte[]> consumer) {
        try {
            if (!consumer.endOffsets(consumer.assignment(), ASK).isEmpty()) {
                heard(consumer);
            }
        } catch (TimeoutException unheard) {
            LOG.debug("Kafka does not answer");
            failed();
        }
    }

    void failed() {
        boolean stalled = millis() - heardAt > stalledAfterMillis;
        if (stalled && progress.isCaughtUp()) {
            ends.clear();
        }
        if (stalled && !progress.isStalled()) {
            tellStalled("Kafka has not been heard");
        }
    }

    private void tellStalled(String why) {
        LOG.warnf("%s: clients are told that what they see may be old", why);
        progress.stalled(true);
    }

    void heard(Consumer<byte[], byte[]> consumer) {
        heardAt = millis();
        if (progress.isStalled() && judges.getAsBoolean() && ends.isEmpty()) {
            LOG.info("Kafka is heard again");
            ends.putAll(consumer.endOffsets(consumer.assignment(), ASK));
        }
    }

    /** Of a clock that nobody sets. */
    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
