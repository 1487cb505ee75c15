package io.lasttable.benchmark.history;

import java.util.List;

/** Once at rest, availability-service answers with what the database holds. */
final class ReadSideRule {

    private ReadSideRule() {}

    static List<String> violations(History history) {
        return history.days().entrySet().stream()
                .filter(day -> !day.getValue().equals(history.readSide().get(day.getKey())))
                .map(day -> day.getKey() + ": the database has version " + day.getValue() + ", the read side "
                        + history.readSide().get(day.getKey()))
                .toList();
    }
}
