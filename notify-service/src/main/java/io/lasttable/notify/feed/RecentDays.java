package io.lasttable.notify.feed;

import io.lasttable.notify.day.DayKey;
import io.lasttable.notify.day.DayState;
import io.lasttable.notify.day.DayWatches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest state of the days that changed last, watched or not: a read side that lags behind cannot hide an event that
 * this replica has seen already. Bounded; the longest unchanged goes first.
 */
@ApplicationScoped
public class RecentDays implements DayWatches.Recent {

    private static final int MOST = 20_000;

    private final Map<DayKey, DayState> states = new LinkedHashMap<>();

    synchronized void saw(DayState state) {
        DayState before = states.remove(state.key());
        states.put(state.key(), before != null && before.version() > state.version() ? before : state);
        if (states.size() > MOST) {
            states.remove(states.keySet().iterator().next());
        }
    }

    @Override
    public synchronized Optional<DayState> of(DayKey key) {
        return Optional.ofNullable(states.get(key));
    }
}
