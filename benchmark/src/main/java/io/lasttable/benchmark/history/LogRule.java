package io.lasttable.benchmark.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Records may come again after a take-over, but each version comes for the first time in its order and none is left out, and
 * what stands last is what the database holds: the log is compacted to it.
 */
final class LogRule {

    private LogRule() {}

    static List<String> violations(History history) {
        Map<String, List<Long>> logs = new HashMap<>();
        Map<String, Long> newest = new HashMap<>();
        history.publishedDays().forEach((day, versions) -> logs.put("day " + day, versions));
        history.days().forEach((day, version) -> newest.put("day " + day, version));
        history.published()
                .forEach(change -> logs.computeIfAbsent("reservation " + change.id(), id -> new ArrayList<>())
                        .add(change.version()));
        history.reservations().forEach(each -> newest.put("reservation " + each.id(), each.version()));
        return newest.entrySet().stream()
                .flatMap(entry -> check(entry.getKey(), logs.getOrDefault(entry.getKey(), List.of()), entry.getValue()))
                .toList();
    }

    private static Stream<String> check(String what, List<Long> log, long newest) {
        long next = 1;
        for (long version : log) {
            if (version > next) {
                return Stream.of(what + ": version " + version + " came before " + next + " had come");
            }
            next = Math.max(next, version + 1);
        }
        long last = log.isEmpty() ? 0 : log.get(log.size() - 1);
        return last == newest
                ? Stream.empty()
                : Stream.of(what + ": the database has version " + newest + ", Kafka ends at " + last);
    }
}
