package io.lasttable.benchmark.history;

import io.lasttable.benchmark.history.Operation.Refused;
import java.util.List;
import java.util.Map;

/**
 * A refusal names the version that it saw. Then every table was taken for some of the hours wanted, or was taken by those who
 * were decided together with it and just before: they made the next version.
 */
final class RefusalRule {

    private RefusalRule() {}

    static List<String> violations(History history) {
        Map<DayKey, DayLog> logs = DayLog.of(history.published());
        return history.operations().stream()
                .filter(each -> each.outcome() instanceof Refused)
                .filter(each -> taken(logs, each) < history.tables())
                .map(each -> "A table was free: " + each)
                .toList();
    }

    private static int taken(Map<DayKey, DayLog> logs, Operation refused) {
        long version = ((Refused) refused.outcome()).dayVersion();
        return logs.getOrDefault(refused.day(), new DayLog())
                .takenAround(version, refused.from(), refused.to())
                .size();
    }
}
