package io.lasttable.benchmark.history;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The changes of one day as they were published, each once, by version of the day. Versions are the order of commits, so the
 * order that explains the answers need not be searched for: it is checked.
 */
final class DayLog {

    private final SortedMap<Long, List<Change>> byVersion = new TreeMap<>();

    static Map<DayKey, DayLog> of(List<Change> published) {
        Map<DayKey, DayLog> logs = new HashMap<>();
        Set<String> seen = new HashSet<>();
        published.stream()
                .filter(change -> seen.add(change.id() + " " + change.version()))
                .sorted(Comparator.comparingLong(Change::version))
                .forEach(change -> logs.computeIfAbsent(change.day(), day -> new DayLog())
                        .byVersion
                        .computeIfAbsent(change.dayVersion(), version -> new ArrayList<>())
                        .add(change));
        return logs;
    }

    /** Called with each version and what stood after it, in order. */
    interface Step {
        void after(long version, Map<String, Change> standing);
    }

    void replay(Step step) {
        Map<String, Change> standing = new LinkedHashMap<>();
        byVersion.forEach((version, changes) -> {
            apply(changes, standing);
            step.after(version, standing);
        });
    }

    /** What stood after this version. */
    Map<String, Change> standingAt(long version) {
        Map<String, Change> standing = new LinkedHashMap<>();
        byVersion.headMap(version + 1).values().forEach(changes -> apply(changes, standing));
        return standing;
    }

    /** Tables that a stay of these hours could not have in a decision that saw this version, or was taken in the next. */
    Set<String> takenAround(long version, Instant from, Instant to) {
        Set<String> taken = new HashSet<>();
        List<Change> around = new ArrayList<>(standingAt(version).values());
        around.addAll(byVersion.getOrDefault(version + 1, List.of()));
        around.stream()
                .filter(change -> change.isActive() && change.overlaps(from, to))
                .forEach(change -> taken.addAll(change.tables()));
        return taken;
    }

    private static void apply(List<Change> changes, Map<String, Change> standing) {
        for (Change change : changes) {
            if (change.isActive()) {
                standing.put(change.id(), change);
            } else {
                standing.remove(change.id());
            }
        }
    }
}
