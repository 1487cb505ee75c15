package io.lasttable.notify.kafka;

import io.lasttable.notify.document.WatermarkDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How old what has been read may be, from the commit on. Each shard of the relay says what it had sent of all that it
 * committed before an instant; once reading has come to those positions, everything of the shard before that instant is
 * known here. The oldest such instant of all shards counts, so whatever stands still (a shard without an owner, a hung
 * transaction, a broker that cannot be reached, reading itself) shows by itself. For one thread.
 */
final class Watermarks {

    /** Waiting to be reached; more come only if reading is minutes behind, and the oldest of them say enough. */
    private static final int MOST_WAITING = 120;

    private final Map<Integer, Instant> reached = new HashMap<>();
    private final Map<Integer, Deque<WatermarkDocument>> waiting = new HashMap<>();
    private final Instant began;
    private int shards;

    /** @param began when reading began: a shard that has said nothing is as old */
    Watermarks(Instant began) {
        this.began = began;
    }

    /** Whether any has been read; an older booking-service says nothing. */
    boolean speak() {
        return shards > 0;
    }

    /** Whether there are some whose positions have not been reached yet. */
    boolean areWaiting() {
        return waiting.values().stream().anyMatch(line -> !line.isEmpty());
    }

    void take(WatermarkDocument mark) {
        shards = mark.shards();
        Deque<WatermarkDocument> line = waiting.computeIfAbsent(mark.shard(), shard -> new ArrayDeque<>());
        line.removeIf(older -> isAbove(older, mark)); // positions never go back but in a topic that was made anew
        if (line.size() >= MOST_WAITING) {
            line.removeLast();
        }
        line.add(mark);
    }

    private static boolean isAbove(WatermarkDocument older, WatermarkDocument newer) {
        return newer.positions().entrySet().stream()
                .anyMatch(topic -> topic.getValue().entrySet().stream()
                        .anyMatch(position -> older.positions()
                                        .getOrDefault(topic.getKey(), Map.of())
                                        .getOrDefault(position.getKey(), 0L)
                                > position.getValue()));
    }

    /** @param positions of the next record to read, of every partition read */
    void reach(Map<TopicPartition, Long> positions) {
        waiting.forEach((shard, line) -> {
            while (!line.isEmpty() && isReached(line.peek(), positions)) {
                Instant before = line.poll().committedBefore();
                reached.merge(shard, before, (one, other) -> one.isAfter(other) ? one : other);
            }
        });
    }

    private static boolean isReached(WatermarkDocument mark, Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream()
                .allMatch(read -> read.getValue()
                        >= mark.positions()
                                .getOrDefault(read.getKey().topic(), Map.of())
                                .getOrDefault(read.getKey().partition(), 0L));
    }

    /** How long ago the oldest change may have been committed that has not been read; zero at least. */
    Duration behind(Instant now) {
        Instant oldest = now;
        for (int shard = 0; shard < shards; shard++) {
            Instant of = reached.getOrDefault(shard, began);
            oldest = of.isBefore(oldest) ? of : oldest;
        }
        return Duration.between(oldest, now);
    }
}
