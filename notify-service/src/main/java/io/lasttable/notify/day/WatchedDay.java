package io.lasttable.notify.day;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The newest state of a day, the few before it for those who come back, and its watchers. */
final class WatchedDay {

    private static final int REMEMBERED = 16;

    final DayKey key;
    final Set<Watcher> watchers = new LinkedHashSet<>();
    private final Deque<DayState> earlier = new ArrayDeque<>();
    private final Map<Long, String> encoded = new HashMap<>();
    private DayState state;

    WatchedDay(DayKey key) {
        this.key = key;
    }

    boolean isKnown() {
        return state != null;
    }

    long version() {
        return state == null ? 0 : state.version();
    }

    /** Takes a state unless it has one as new: duplicates, replays and late snapshots change nothing. */
    boolean take(DayState candidate) {
        if (candidate.version() <= version()) {
            return false;
        }
        if (state != null) {
            earlier.addLast(state);
            if (earlier.size() > REMEMBERED) {
                earlier.removeFirst();
            }
        }
        state = candidate;
        encoded.clear();
        return true;
    }

    /** Everything behind the ref for one who has the version: encoded once, whoever asks. */
    String bodyFor(long has) {
        return encoded.computeIfAbsent(has, this::encode);
    }

    boolean isChange(String body) {
        return body.startsWith("\"from\"");
    }

    private String encode(long has) {
        return earlier.stream()
                .filter(old -> old.version() == has)
                .findFirst()
                .flatMap(state::changeFrom)
                .orElseGet(() -> state.whole());
    }
}
