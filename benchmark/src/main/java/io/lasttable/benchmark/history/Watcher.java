package io.lasttable.benchmark.history;

import java.util.List;
import java.util.Map;

/**
 * Somebody who looks at a day, and what was seen of it.
 *
 * @param pushed whether news comes by itself, so that silence says "nothing has changed"; a reader knows only while it asks
 * @param slots the last state: by start time what is left, as the text of its JSON
 */
public record Watcher(String name, DayKey day, boolean pushed, List<Moment> moments, Map<String, String> slots) {

    /**
     * From here on the watcher has this version, and has or has not reason to believe that it is the newest.
     *
     * @param news whether a state came, rather than a word about the one that was there
     * @param resumed whether it is the first word on a new connection, which may repeat
     * @param heardUntil when the connection had last been heard of before it fell silent for longer than between two pings; {@code at} if it had
     *     not
     */
    public record Moment(long at, long version, boolean sure, boolean news, boolean resumed, long heardUntil) {}

    public long lastVersion() {
        return moments.isEmpty() ? 0 : moments.get(moments.size() - 1).version();
    }

    public boolean isSure() {
        return !moments.isEmpty() && moments.get(moments.size() - 1).sure();
    }

    @Override
    public String toString() {
        return name + " of " + day;
    }
}
