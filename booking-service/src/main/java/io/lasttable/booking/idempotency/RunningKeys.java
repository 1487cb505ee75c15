package io.lasttable.booking.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keys that this replica works on at the moment. */
@ApplicationScoped
class RunningKeys {

    private final Set<String> keys = ConcurrentHashMap.newKeySet();

    boolean begin(String key) {
        return keys.add(key);
    }

    void end(String key) {
        keys.remove(key);
    }
}
