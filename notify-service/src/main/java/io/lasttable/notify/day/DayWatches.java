package io.lasttable.notify.day;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All watched days of this replica. Pure: everything happens in calls from one thread, and what shall happen outside goes
 * through {@link Snapshots} and {@link Client.Outlet}.
 *
 * <p>Phases of a day: <i>unknown</i> from the first watch, while its snapshot is fetched and its events are kept already;
 * <i>live</i> once either has come, whichever has the higher version; <i>dropped</i> when the last watcher leaves.
 * Invariants: a watcher's versions only rise and never repeat; a watcher that stays ends at the newest version.
 */
public final class DayWatches {

    /** Fetches the day's document; {@link #state} or {@link #missing} is called with the answer. */
    public interface Snapshots {
        void fetch(DayKey key);
    }

    /** The newest state that the feed has seen of a day lately, watched or not. */
    public interface Recent {
        Optional<DayState> of(DayKey key);
    }

    private final Snapshots snapshots;
    private final Recent recent;
    private final int mostWatches;
    private final Map<DayKey, WatchedDay> days = new HashMap<>();
    private final Set<WatchedDay> changed = new LinkedHashSet<>();

    public DayWatches(Snapshots snapshots, Recent recent, int mostWatches) {
        this.snapshots = snapshots;
        this.recent = recent;
        this.mostWatches = mostWatches;
    }

    /**
     * @param has the version that the client holds already; 0 for none
     * @param confirm whether the client wants to hear that {@code has} is the newest; otherwise silence says so
     */
    public void watch(Client client, String ref, DayKey key, long has, boolean confirm) {
        if (client.watchers.containsKey(ref)) {
            error(client, ref, "duplicate-ref", "This ref watches something already; unwatch it first.");
            return;
        }
        if (client.watchers.size() >= mostWatches) {
            error(client, ref, "too-many-watches", "At most " + mostWatches + " watches for each connection.");
            return;
        }
        WatchedDay day = days.computeIfAbsent(key, this::begin);
        Watcher watcher = new Watcher(client, ref, day, has, confirm);
        client.watchers.put(ref, watcher);
        boolean added = day.watchers.add(watcher);
        if (added && watcher.isBehind()) {
            client.mark(watcher);
        }
    }

    public void unwatch(Client client, String ref) {
        Watcher watcher = client.watchers.remove(ref);
        if (watcher == null) {
            error(client, ref, "unknown-ref", "Nothing is watched under this ref.");
        } else {
            end(watcher);
        }
    }

    /** A state from the feed or a snapshot; true when watchers now wait for {@link #flush}. */
    public boolean state(DayState state) {
        WatchedDay day = days.get(state.key());
        boolean news = day != null && day.take(state);
        if (news) {
            changed.add(day);
        }
        return news;
    }

    /** The day does not exist: its watches end. Late news: a state that came meanwhile proves that it does. */
    public void missing(DayKey key, String code, String message) {
        WatchedDay day = days.get(key);
        if (day == null || day.isKnown()) {
            return;
        }
        for (Watcher watcher : List.copyOf(day.watchers)) {
            error(watcher.client, watcher.ref, code, message);
            watcher.client.watchers.remove(watcher.ref);
            end(watcher);
        }
    }

    /** The snapshot cannot be had for now; the watches stay, and their clients are told that nothing is known yet. */
    public void unavailable(DayKey key) {
        WatchedDay day = days.get(key);
        if (day != null && !day.isKnown()) {
            day.watchers.forEach(watcher -> error(
                    watcher.client,
                    watcher.ref,
                    "not-yet-known",
                    "The day's state cannot be read now; it will follow."));
        }
    }

    /** Whether a snapshot is still of use. */
    public boolean wants(DayKey key) {
        WatchedDay day = days.get(key);
        return day != null && !day.isKnown();
    }

    /** Brings what has changed since the last flush to its watchers: once, in its newest state. */
    public void flush() {
        for (WatchedDay day : changed) {
            for (Watcher watcher : day.watchers) {
                if (watcher.isBehind()) {
                    watcher.client.mark(watcher);
                }
            }
        }
        changed.clear();
    }

    public void sent(Client client) {
        client.sent();
    }

    public void closed(Client client) {
        client.watchers.values().forEach(this::end);
        client.watchers.clear();
    }

    public boolean reply(Client client, String frame) {
        return client.reply(frame);
    }

    public void error(Client client, String ref, String code, String message) {
        String at = ref == null ? "" : "\"ref\":" + Json.quoted(ref) + ",";
        boolean sent = client.reply(
                "{\"op\":\"error\"," + at + "\"code\":\"" + code + "\",\"message\":" + Json.quoted(message) + "}");
        assert sent || ref != null;
    }

    public int size() {
        return days.size();
    }

    private WatchedDay begin(DayKey key) {
        WatchedDay day = new WatchedDay(key);
        boolean known = recent.of(key).map(day::take).orElse(false);
        if (!known) {
            snapshots.fetch(key);
        }
        return day;
    }

    private void end(Watcher watcher) {
        watcher.client.forget(watcher);
        boolean watched = watcher.day.watchers.remove(watcher);
        if (watched && watcher.day.watchers.isEmpty()) {
            days.remove(watcher.day.key);
        }
    }
}
