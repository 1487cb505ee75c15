package io.lasttable.notify.kafka;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.notify.NotifyConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Where reading stands, over all consumers that follow one another. It starts the look-back before now with the days, and
 * with what comes from now on with the reservations, whose first state is booking-service's. A later consumer goes on where
 * the one before stopped. Partitions that are added while running are read from their beginning.
 *
 * <p>Caught up: what was there at the start has been read. Stalled: nothing has been heard for some seconds and the broker
 * does not answer a question either, or it is heard and reading does not keep up with it: more waits to be read, and has for as
 * long. That ends when the broker is heard and what it had by then has been read: others may have gone on writing
 * meanwhile, and clients are not told that all is well before they have that. No question to the broker may last longer than
 * {@link #ASK}, or the silence that it ends in would be told late.
 */
final class FeedReader {

    private static final Logger LOG = Logger.getLogger(FeedReader.class);
    private static final Duration ASK = Duration.ofSeconds(2);

    private final NotifyConfig config;
    private final FeedRecords records;
    private final RecentDays recent;
    private final FeedProgress progress;
    private final Clock clock = Clock.systemUTC();
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Set<TopicPartition> assigned = Set.of();
    private long newestRecord;
    private boolean late;
    private long heardAt = clock.millis();
    private long checkedAt;

    FeedReader(NotifyConfig config, FeedRecords records, RecentDays recent, FeedProgress progress) {
        this.config = config;
        this.records = records;
        this.recent = recent;
        this.progress = progress;
    }

    void begin(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        if (next.isEmpty()) {
            ends.putAll(consumer.endOffsets(partitions));
            next.putAll(ends);
            next.putAll(lookedBack(consumer, partitions));
        }
        assigned = partitions;
        partitions.forEach(partition -> consumer.seek(partition, next.computeIfAbsent(partition, added -> 0L)));
        heard(consumer);
        checkCaughtUp(consumer); // before a poll, which waits for records where there are none to read
    }

    private Map<TopicPartition, Long> lookedBack(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        long since = clock.instant().minus(config.feed().lookBack()).toEpochMilli();
        Map<TopicPartition, Long> starts = new HashMap<>();
        consumer.offsetsForTimes(partitions.stream()
                        .filter(partition ->
                                partition.topic().equals(config.topics().days()))
                        .collect(Collectors.toMap(partition -> partition, partition -> since)))
                .forEach((partition, start) -> {
                    if (start != null) {
                        starts.put(partition, start.offset());
                    }
                });
        return starts;
    }

    /** Reads what has come, or waits for it; how many records that were. */
    @CanIgnoreReturnValue
    int step(Consumer<byte[], byte[]> consumer) {
        var polled = consumer.poll(config.feed().pollTimeout());
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            records.take(record);
            next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            newestRecord = record.timestamp();
        }
        if (!polled.isEmpty()) {
            heard(consumer);
        }
        checkCaughtUp(consumer);
        if (clock.millis() - checkedAt > 1000) {
            checkedAt = clock.millis();
            everySecond(consumer);
        }
        return polled.count();
    }

    private void checkCaughtUp(Consumer<byte[], byte[]> consumer) {
        if (ends.isEmpty()
                || !ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())
                || progress.isStalled() && late) {
            return;
        }
        ends.clear();
        progress.caughtUp();
        LOG.infof("The feed has caught up on %d partitions", assigned.size());
        if (progress.isStalled()) {
            progress.stalled(false);
        }
    }

    private void everySecond(Consumer<byte[], byte[]> consumer) {
        recent.age(clock.millis());
        checkLag(consumer);
        if (clock.millis() - heardAt > config.feed().stalledAfter().toMillis() / 2) {
            ask(consumer);
        }
        if (!partitions(consumer).equals(assigned)) {
            LOG.info("Partitions were added to a topic; the feed reads them too");
            begin(consumer);
        }
    }

    /** Late twice in a row: the first record after a quiet hour is not an hour late, and has been read by the next look. */
    private void checkLag(Consumer<byte[], byte[]> consumer) {
        boolean behind = assigned.stream()
                .anyMatch(partition -> consumer.currentLag(partition).orElse(0) > 0);
        long lag = behind ? Math.max(0, clock.millis() - newestRecord) : 0;
        progress.lag(lag / 1000.0);
        boolean before = late;
        late = lag > config.feed().stalledAfter().toMillis();
        if (late && before && progress.isCaughtUp() && !progress.isStalled()) {
            ends.putAll(consumer.endOffsets(assigned, ASK));
            tellStalled("The feed does not keep up with Kafka");
        }
    }

    /** Silence may mean that nothing happens, or that Kafka is out of reach: a question tells. */
    private void ask(Consumer<byte[], byte[]> consumer) {
        try {
            if (!consumer.endOffsets(assigned, ASK).isEmpty()) {
                heard(consumer);
            }
        } catch (TimeoutException unheard) {
            LOG.debug("Kafka does not answer");
            checkStalled();
        }
    }

    /** The consumer has failed; another follows. */
    void failed() {
        checkStalled();
    }

    private void checkStalled() {
        boolean stalled =
                clock.millis() - heardAt > config.feed().stalledAfter().toMillis();
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

    private void heard(Consumer<byte[], byte[]> consumer) {
        heardAt = clock.millis();
        if (progress.isStalled() && ends.isEmpty()) {
            LOG.info("Kafka is heard again");
            ends.putAll(consumer.endOffsets(assigned, ASK));
        }
    }

    private Set<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        List<String> topics =
                new ArrayList<>(List.of(config.topics().days(), config.topics().reservations()));
        Set<TopicPartition> found = topics.stream()
                .flatMap(topic -> partitions(consumer, topic))
                .collect(Collectors.toCollection(HashSet::new));
        if (topics.stream()
                .anyMatch(topic -> found.stream().noneMatch(p -> p.topic().equals(topic)))) {
            throw new IllegalStateException("The topics " + topics + " are not all there");
        }
        return found;
    }

    private static Stream<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        var known = consumer.partitionsFor(topic, ASK);
        return known == null
                ? Stream.empty()
                : known.stream().map(info -> new TopicPartition(info.topic(), info.partition()));
    }
}
