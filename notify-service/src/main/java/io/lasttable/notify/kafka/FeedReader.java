package io.lasttable.notify.kafka;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.notify.NotifyConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Where reading stands, over all consumers that follow one another. It starts the look-back before now with the days, with all
 * that the relay's shards said last, so that a start during their silence is not taken for their news, and with what comes from
 * now on with the reservations, whose first state is booking-service's. A later consumer goes on where
 * the one before stopped, and looks at the last record once more: if another stands in its place, the topic was made anew
 * meanwhile and is read from its beginning. So are partitions that are added while running.
 *
 * <p>Caught up: what was there at the start has been read. From then on {@link Watermarks} tell how old what is known may be,
 * from the commit on, and no question is put to the broker. Where they are not written, {@link BrokerFreshness} asks it.
 */
final class FeedReader {

    private static final Logger LOG = Logger.getLogger(FeedReader.class);

    /** Nobody has run for so long (a stopped process, a frozen machine): what is known of the topics may be of yesterday. */
    private static final long SLEPT_MILLIS = 30_000;

    private final NotifyConfig config;
    private final FeedRecords records;
    private final RecentDays recent;
    private final FeedProgress progress;
    private final Clock clock = Clock.systemUTC();
    private final Watermarks watermarks = new Watermarks(System.nanoTime());
    private final BrokerFreshness broker;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> lastTimestamps = new HashMap<>();
    private final Set<TopicPartition> unproven = new HashSet<>();
    private Set<TopicPartition> assigned = Set.of();
    private long steppedAt;
    private long steppedAtByTheWall;
    private long checkedAt;
    private long lookedAt;

    FeedReader(NotifyConfig config, FeedRecords records, RecentDays recent, FeedProgress progress) {
        this.config = config;
        this.records = records;
        this.recent = recent;
        this.progress = progress;
        this.broker =
                new BrokerFreshness(config.feed().stalledAfter(), progress, () -> !watermarks.speak(), this::caughtUp);
    }

    void begin(Consumer<byte[], byte[]> consumer) {
        begin(consumer, partitions(consumer));
    }

    private void begin(Consumer<byte[], byte[]> consumer, Set<TopicPartition> partitions) {
        consumer.assign(partitions);
        if (next.isEmpty()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Long> starts = lookedBack(consumer, partitions);
            next.putAll(ends);
            next.putAll(starts);
            next.putAll(consumer.beginningOffsets(ofWatermarks(partitions)));
            broker.readUpTo(ends);
        }
        assigned = partitions;
        partitions.forEach(partition -> consumer.seek(partition, start(partition)));
        stepped();
        broker.heard(consumer);
        broker.checkCaughtUp(consumer); // before a poll, which waits for records where there are none to read
    }

    private long start(TopicPartition partition) {
        long start = next.computeIfAbsent(partition, added -> 0L);
        if (!lastTimestamps.containsKey(partition)) {
            return start;
        }
        unproven.add(partition);
        return start - 1;
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
        recent.completeSince(since);
        return starts;
    }

    /** Reads what has come, or waits for it; how many records that were. */
    @CanIgnoreReturnValue
    int step(Consumer<byte[], byte[]> consumer) {
        var polled = consumer.poll(config.feed().pollTimeout());
        checkAwake();
        for (ConsumerRecord<byte[], byte[]> record : polled) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (unproven.remove(partition) && isAnotherThanLast(partition, record)) {
                readAnew(consumer, record.topic());
                return polled.count();
            }
            take(record);
            next.put(partition, record.offset() + 1);
            lastTimestamps.put(partition, record.timestamp());
        }
        if (!polled.isEmpty() && !watermarks.speak()) {
            broker.heard(consumer);
        }
        if (watermarks.areWaiting()) {
            reach(consumer);
        }
        broker.checkCaughtUp(consumer);
        if (millis() - checkedAt > 1000) {
            checkedAt = millis();
            everySecond(consumer);
        }
        return polled.count();
    }

    private void checkAwake() {
        long steady = millis() - steppedAt;
        long byTheWall = clock.millis() - steppedAtByTheWall;
        stepped();
        if (byTheWall - steady > SLEPT_MILLIS) { // suspended, or the clock was put forward: told as delayed either way
            watermarks.slept(Duration.ofMillis(byTheWall - steady));
        }
        long slept = Math.max(steady, byTheWall);
        if (slept > SLEPT_MILLIS) {
            throw new IllegalStateException("it has slept for " + slept + " ms");
        }
    }

    private void stepped() {
        steppedAt = millis();
        steppedAtByTheWall = clock.millis();
    }

    private boolean isAnotherThanLast(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        return record.offset() < next.get(partition)
                && (record.offset() != next.get(partition) - 1 || record.timestamp() != lastTimestamps.get(partition));
    }

    private void readAnew(Consumer<byte[], byte[]> consumer, String topic) {
        LOG.warnf("The topic %s was made anew while it was not read: it is read from its beginning", topic);
        Set<TopicPartition> all = assigned.stream()
                .filter(partition -> partition.topic().equals(topic))
                .collect(Collectors.toSet());
        all.forEach(partition -> next.put(partition, 0L));
        lastTimestamps.keySet().removeAll(all);
        unproven.removeAll(all);
        consumer.seekToBeginning(all);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(config.topics().watermarks())) {
            FeedRecords.watermark(record).ifPresent(watermarks::take);
        } else {
            broker.read(record.timestamp());
            records.take(record);
        }
    }

    private void reach(Consumer<byte[], byte[]> consumer) {
        watermarks.reach(
                assigned.stream().collect(Collectors.toMap(partition -> partition, consumer::position)),
                clock.instant(),
                System.nanoTime());
        checkWatermarks();
    }

    /** What was there has been read; how old that is, whoever is admitted now is to know at once. */
    private void caughtUp() {
        if (watermarks.speak()) {
            judge();
        }
        progress.caughtUp();
    }

    private void checkWatermarks() {
        if (progress.isCaughtUp()) {
            judge();
        }
    }

    private void judge() {
        Duration behind = watermarks.behind(System.nanoTime());
        progress.lag(behind.toMillis() / 1000.0);
        boolean stalled = behind.compareTo(config.feed().stalledAfter()) > 0;
        if (stalled != progress.isStalled()) {
            LOG.warnf("What was committed %s ago has%s been read: clients are told", behind, stalled ? " not" : "");
            progress.stalled(stalled);
        }
    }

    private void everySecond(Consumer<byte[], byte[]> consumer) {
        recent.age(clock.millis());
        if (watermarks.speak()) {
            checkWatermarks();
        } else {
            broker.everySecond(consumer);
        }
        Set<TopicPartition> there = partitions(consumer);
        if (!there.equals(assigned)) {
            LOG.info("Partitions were added to a topic; the feed reads them too");
            begin(consumer, there);
        }
    }

    /** The consumer has failed; another follows. */
    void failed() {
        if (watermarks.speak()) {
            checkWatermarks();
        } else {
            broker.failed();
        }
    }

    private Set<TopicPartition> partitions(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> found = new HashSet<>();
        for (String topic : List.of(config.topics().days(), config.topics().reservations())) {
            Set<TopicPartition> there = partitions(consumer, topic);
            if (there.isEmpty()) {
                throw new IllegalStateException("There is no topic " + topic);
            }
            found.addAll(there);
        }
        found.addAll(watermarksOf(consumer));
        return found;
    }

    /** Of a topic that is not there the client knows nothing, and has to ask each time: seldom. */
    private Set<TopicPartition> watermarksOf(Consumer<byte[], byte[]> consumer) {
        if (ofWatermarks(assigned).isEmpty()
                && lookedAt != 0
                && millis() - lookedAt < config.feed().partitionCheck().toMillis()) {
            return Set.of();
        }
        lookedAt = millis();
        return partitions(consumer, config.topics().watermarks());
    }

    private Set<TopicPartition> ofWatermarks(Set<TopicPartition> partitions) {
        return partitions.stream()
                .filter(partition -> partition.topic().equals(config.topics().watermarks()))
                .collect(Collectors.toSet());
    }

    private static Set<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        var known = consumer.partitionsFor(topic, BrokerFreshness.ASK);
        return known == null
                ? Set.of()
                : known.stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .collect(Collectors.toSet());
    }

    /** Of a clock that nobody sets. */
    private static long millis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }
}
