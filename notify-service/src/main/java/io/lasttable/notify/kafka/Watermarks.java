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
 *
 * <p>The wall clock is asked once for each, how old it is when it is reached; from then on its age grows by a clock that nobody
 * sets, so that one that is put back hides no silence.
 */
final class Watermarks {

    /** Waiting to be reached; more come only if reading is minutes behind, and the oldest of them say enough. */
    private static final int MOST_WAITING = 120;

    private static final Duration OLDEST = Duration.ofDays(365);

    /** By shard, the {@link System#nanoTime} of before which everything is known. */
    private final Map<Integer, Long> reached = new HashMap<>();

    private final Map<Integer, Deque<WatermarkDocument>> waiting = new HashMap<>();
    private long began;
    private int shards;

    /** @param began {@link System#nanoTime} when reading began: a shard that has said nothing is as old */
    Watermarks(long began) {
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

    /**
     * @param positions of the next record to read, of every partition read
     * @param now by this host's clock
     * @param nanos the same instant as {@link System#nanoTime} has it
     */
    void reach(Map<TopicPartition, Long> positions, Instant now, long nanos) {
        waiting.forEach((shard, line) -> {
            while (!line.isEmpty() && isReached(line.peek(), positions)) {
                long before = nanos - age(line.poll().committedBefore(), now).toNanos();
                reached.merge(shard, before, (one, other) -> one - other > 0 ? one : other);
            }
        });
    }

    private static Duration age(Instant before, Instant now) {
        Duration age = Duration.between(before, now);
        return age.isNegative() ? Duration.ZERO : age.compareTo(OLDEST) > 0 ? OLDEST : age;
    }

    private static boolean isReached(WatermarkDocument mark, Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream()
                .allMatch(read -> read.getValue()
                        >= mark.positions()
                                .getOrDefault(read.getKey().topic(), Map.of())
                                .getOrDefault(read.getKey().partition(), 0L));
    }

    /** The clock that nobody sets stood still for so long, as it does while a machine is suspended: all is older by that. */
    void slept(Duration time) {
        began -= time.toNanos();
        reached.replaceAll((shard, since) -> since - time.toNanos());
    }

    /**
     * How long ago the oldest change may have been committed that has not been read; zero at least.
     *
     * @param nanos now, as {@link System#nanoTime} has it
     */
    Duration behind(long nanos) {
        long longest = 0;
        for (int shard = 0; shard < shards; shard++) {
            longest = Math.max(longest, nanos - reached.getOrDefault(shard, began));
        }
        return Duration.ofNanos(longest);
    }
}
