package io.lasttable.benchmark.history;

import io.lasttable.benchmark.history.Operation.Done;
import io.lasttable.benchmark.history.Watcher.Moment;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How long after a newer one had been acknowledged watchers still believed in a state. One that is pushed to goes on believing
 * until it is told something else; a reader believes each answer when it asks. What a silent connection cannot tell is not counted
 * against the feed: silence has an end of its own, which watchers see to themselves.
 */
final class StaleRule {

    /** The oldest state that a watcher believed in, and how old: since when a newer one had been acknowledged. */
    private record Belief(Watcher watcher, long version, long nanos) {}

    private StaleRule() {}

    static List<String> violations(History history) {
        return longest(history)
                .filter(belief -> belief.nanos() > history.promise().toNanos())
                .map(belief -> String.format(
                        "%s believed in version %d, %.1f s after a newer one had been acknowledged",
                        belief.watcher(), belief.version(), belief.nanos() / 1e9))
                .toList();
    }

    /** By the watchers' names, over all days. */
    static Map<String, Duration> longestByName(History history) {
        Map<String, Duration> longest = new TreeMap<>();
        longest(history).forEach(belief -> {
            Duration of = Duration.ofNanos(belief.nanos());
            longest.merge(belief.watcher().name(), of, (one, other) -> one.compareTo(other) < 0 ? other : one);
        });
        return longest;
    }

    private static Stream<Belief> longest(History history) {
        Map<DayKey, NavigableMap<Long, Long>> acknowledged = acknowledged(history);
        return history.watchers().stream()
                .map(watcher -> longest(watcher, acknowledged.getOrDefault(watcher.day(), new TreeMap<>())));
    }

    /** By day and version, when it or a later one had first been acknowledged. */
    private static Map<DayKey, NavigableMap<Long, Long>> acknowledged(History history) {
        Map<DayKey, NavigableMap<Long, Long>> acknowledged = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.outcome() instanceof Done done) {
                acknowledged
                        .computeIfAbsent(done.change().day(), day -> new TreeMap<>())
                        .merge(done.change().dayVersion(), operation.ended(), Math::min);
            }
        }
        acknowledged.values().forEach(versions -> {
            long[] first = {Long.MAX_VALUE};
            versions.descendingMap().replaceAll((version, at) -> first[0] = Math.min(first[0], at));
        });
        return acknowledged;
    }

    private static Belief longest(Watcher watcher, NavigableMap<Long, Long> acknowledged) {
        Belief longest = new Belief(watcher, 0, 0);
        List<Moment> moments = watcher.moments();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            Map.Entry<Long, Long> newer = acknowledged.higherEntry(moment.version());
            boolean ends = watcher.pushed() && i + 1 < moments.size();
            long until = ends ? moments.get(i + 1).heardUntil() : moment.at();
            if (moment.sure() && newer != null && until - newer.getValue() > longest.nanos()) {
                longest = new Belief(watcher, moment.version(), until - newer.getValue());
            }
        }
        return longest;
    }
}
