package io.lasttable.availability.freshness;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The watermarks of all shards that some partition may still have to reach. A reader's place in a partition proves the
 * newest watermark of each shard whose position it has reached, and so the oldest of these over all shards. A shard that
 * has said nothing proves nothing.
 *
 * <p>A reader that is far behind does not gather them without bound: every second one is left out, which makes what is
 * proved older, never newer.
 */
final class Watermarks {

    private static final int MOST_OF_A_SHARD = 512;

    private final Map<Integer, Deque<Watermark>> byShard = new HashMap<>();
    private int shards;

    void add(Watermark next) {
        Deque<Watermark> said = byShard.computeIfAbsent(next.shard(), shard -> new ArrayDeque<>());
        said.addLast(next);
        if (said.size() > MOST_OF_A_SHARD) {
            thin(said);
        }
        shards = next.shards();
    }

    /** Whether the relay says watermarks at all: an older booking-service does not. */
    boolean isEmpty() {
        return byShard.isEmpty();
    }

    /** Everything committed before it, by booking-service's clock, stands in the partition below the position. */
    Optional<Instant> proved(TopicPartition partition, long position) {
        Instant oldest = Instant.MAX;
        for (int shard = 0; shard < shards; shard++) {
            Optional<Watermark> newest = newestReached(shard, partition, position);
            if (newest.isEmpty()) {
                return Optional.empty();
            }
            Instant said = newest.get().committedBefore();
            oldest = said.isBefore(oldest) ? said : oldest;
        }
        return shards == 0 ? Optional.empty() : Optional.of(oldest);
    }

    /** Drops what all of these places have passed. A partition that comes back from further behind waits for what is left. */
    void forgetBefore(Map<TopicPartition, Long> positions) {
        for (Map.Entry<Integer, Deque<Watermark>> said : byShard.entrySet()) {
            while (said.getValue().size() > 1 && isPassed(second(said.getValue()), positions)) {
                said.getValue().removeFirst();
            }
        }
    }

    private Optional<Watermark> newestReached(int shard, TopicPartition partition, long position) {
        Iterator<Watermark> newestFirst =
                byShard.getOrDefault(shard, new ArrayDeque<>()).descendingIterator();
        while (newestFirst.hasNext()) {
            Watermark said = newestFirst.next();
            if (said.isReached(partition, position)) {
                return Optional.of(said);
            }
        }
        return Optional.empty();
    }

    private static boolean isPassed(Watermark said, Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream().allMatch(place -> said.isReached(place.getKey(), place.getValue()));
    }

    private static Watermark second(Deque<Watermark> said) {
        Iterator<Watermark> oldestFirst = said.iterator();
        Watermark first = oldestFirst.next();
        assert first != null;
        return oldestFirst.next();
    }

    /** The oldest and the newest stay. */
    private static void thin(Deque<Watermark> said) {
        int place = 0;
        int last = said.size() - 1;
        for (Iterator<Watermark> all = said.iterator(); all.hasNext(); place++) {
            Watermark one = all.next();
            assert one != null;
            if (place % 2 == 1 && place != last) {
                all.remove();
            }
        }
    }
}
