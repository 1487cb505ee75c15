package io.lasttable.benchmark.history;

import io.lasttable.benchmark.history.Operation.Done;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What was answered is in Kafka to the letter, and in the database as it was or changed since. */
final class LossRule {

    private LossRule() {}

    static List<String> violations(History history) {
        Set<Change> published = new HashSet<>(history.published());
        Map<String, Change> stored = new HashMap<>();
        history.reservations().forEach(each -> stored.put(each.id(), each));
        List<String> found = new ArrayList<>();
        for (Operation operation : history.operations()) {
            if (operation.outcome() instanceof Done done) {
                Change kept = stored.get(done.change().id());
                if (kept == null || kept.version() < done.change().version()) {
                    found.add("Not in the database: " + operation);
                } else if (kept.version() == done.change().version() && !kept.equals(done.change())) {
                    found.add("Another in the database, " + kept + ": " + operation);
                }
                if (!published.contains(done.change())) {
                    found.add("Not in Kafka: " + operation);
                }
            }
        }
        return found;
    }
}
