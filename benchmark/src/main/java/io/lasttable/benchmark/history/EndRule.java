package io.lasttable.benchmark.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Once at rest, each watcher has the newest version, the state that belongs to it, and no doubt. */
final class EndRule {

    private EndRule() {}

    static List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        for (Watcher watcher : history.watchers()) {
            long newest = history.days().getOrDefault(watcher.day(), 0L);
            Map<String, String> document = history.documents().getOrDefault(watcher.day(), Map.of());
            if (watcher.lastVersion() != newest) {
                found.add(watcher + " has version " + watcher.lastVersion() + ", the database " + newest);
            } else if (!watcher.slots().equals(document)) {
                found.add(watcher + " shows " + watcher.slots() + " where Kafka has " + document);
            } else if (!watcher.isSure()) {
                found.add(watcher + " has the newest version and is still told to doubt it");
            }
        }
        return found;
    }
}
