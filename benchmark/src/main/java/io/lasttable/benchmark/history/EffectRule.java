package io.lasttable.benchmark.history;

import io.lasttable.benchmark.history.Operation.Done;
import io.lasttable.benchmark.history.Operation.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One reservation for each key that was answered, none for a refusal, and no change that two requests both call theirs. */
final class EffectRule {

    private EffectRule() {}

    static List<String> violations(History history) {
        List<String> found = new ArrayList<>();
        Map<String, Operation> makers = new HashMap<>();
        for (Operation operation : history.operations()) {
            if (operation.kind().makesReservation()) {
                int made = history.made().getOrDefault(operation.key(), 0);
                if (made > most(operation) || made < least(operation)) {
                    found.add(made + " reservations made by " + operation);
                }
            }
            if (operation.outcome() instanceof Done done) {
                String change = done.change().id() + " " + done.change().version();
                Operation other = makers.put(change, operation);
                if (other != null) {
                    found.add("Version " + change + " is the effect of " + other + " and of " + operation);
                }
            }
        }
        return found;
    }

    private static int most(Operation operation) {
        return operation.outcome() instanceof Done || operation.outcome() instanceof Unknown ? 1 : 0;
    }

    private static int least(Operation operation) {
        return operation.outcome() instanceof Done ? 1 : 0;
    }
}
