package io.lasttable.benchmark.soak;

import io.lasttable.benchmark.history.Operation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What guests were told, as they were told it. */
final class Recorder {

    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();
    private final Queue<String> strange = new ConcurrentLinkedQueue<>();

    void add(Operation operation) {
        boolean added = operations.add(operation);
        assert added;
    }

    /** An answer that the API does not know. */
    void strange(String answer) {
        boolean added = strange.add(answer);
        assert added;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    List<String> strange() {
        return List.copyOf(strange);
    }
}
