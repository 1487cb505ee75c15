package io.lasttable.notify.day;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outbox;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The days watched by the clients of one event loop. Pure: everything happens in calls from one thread, and what shall
 * happen outside goes through {@link DaySource} and the connections.
 *
 * <p>Phases of a day: <i>unknown</i> from the first watch, while its snapshot is fetched and its events are kept already;
 * <i>live</i> once either has come, whichever has the higher version; <i>dropped</i> when the last watcher leaves.
 * Invariants: a watcher's versions only rise and never repeat; a watcher that stays ends at the newest version; a change
 * costs work for the watchers of its day only.
 *
 * <p>States are taken as they come and brought to the watchers by {@link #beginFlush} and {@link #flush}: once, the newest.
 */
public final class DayWatches {

    private final DaySource source;
    private final Consumer<DayState> served;
    private final Map<DayKey, WatchedDay> days = new HashMap<>();
    private ArrayDeque<WatchedDay> changed = new ArrayDeque<>();
    private ArrayDeque<WatchedDay> serving = new ArrayDeque<>();
    private WatchedDay passing;
    private long conflated;

    /** @param served hears of a state once it has been brought to all watchers that had room for it */
    public DayWatches(DaySource source, Consumer<DayState> served) {
        this.source = source;
        this.served = served;
    }

    /**
     * @param has the version that the client holds already; 0 for none
     * @param confirm whether the client wants to hear that {@code has} is the newest; otherwise silence says so
     */
    public void watch(Outbox outbox, String ref, DayKey key, long has, boolean confirm) {
        if (outbox.admits(ref)) {
            WatchedDay day = days.get(key);
            if (day == null) {
                day = begin(key);
            }
            outbox.begin(new DayWatch(this, outbox, ref, day, has, confirm));
        }
    }

    private WatchedDay begin(DayKey key) {
        WatchedDay day = new WatchedDay(key);
        days.put(key, day);
        source.follow(key);
        boolean known = source.recent(key).map(day::take).orElse(false);
        if (!known) {
            source.fetch(key);
        }
        return day;
    }

    /** A state from the feed or a snapshot; true when watchers now wait for a flush. */
    @CanIgnoreReturnValue
    public boolean take(DayState state) {
        WatchedDay day = days.get(state.key());
        boolean news = day != null && day.take(state);
        if (news && !day.queued) {
            day.queued = true;
            changed.add(day);
        }
        return news;
    }

    /** The day does not exist: its watches end. Late news: a state that came meanwhile proves that it does. */
    public void missing(DayKey key, String code, String message) {
        WatchedDay day = days.get(key);
        if (day != null && !day.isKnown()) {
            endAll(day, code, message);
        }
    }

    /** The day has been removed from the feed: its watches end. */
    public void removed(DayKey key) {
        WatchedDay day = days.get(key);
        if (day != null) {
            endAll(day, "unknown-day", "The day is no longer kept.");
        }
    }

    private static void endAll(WatchedDay day, String code, String message) {
        for (DayWatch watch : List.copyOf(day.watchers())) {
            watch.outbox().end(watch, code, message);
        }
    }

    /** The snapshot cannot be had for now; the watches stay, and their clients are told that nothing is known yet. */
    public void unavailable(DayKey key) {
        WatchedDay day = days.get(key);
        if (day != null && !day.isKnown()) {
            List.copyOf(day.watchers()).forEach(DayWatches::notYetKnown);
        }
    }

    private static void notYetKnown(DayWatch watch) {
        watch.outbox()
                .reply(Message.error(
                        watch.ref(), "not-yet-known", "The day's state cannot be read now; it will follow."));
    }

    /** Whether a snapshot is still of use. */
    public boolean wants(DayKey key) {
        WatchedDay day = days.get(key);
        return day != null && !day.isKnown();
    }

    /** Starts to bring to the watchers what has changed until now. */
    public void beginFlush() {
        ArrayDeque<WatchedDay> free = serving;
        serving = changed;
        changed = free;
        serving.forEach(day -> day.queued = false);
    }

    /**
     * Serves up to {@code budget} watchers.
     *
     * @return whether some are left; call again then
     */
    public boolean flush(int budget) {
        for (int left = budget; left > 0; left--) {
            if (passing == null && !nextPass()) {
                return false;
            }
            DayWatch watch = passing.next();
            if (watch == null) {
                endPass();
            } else if (!watch.outbox().offer(watch)) {
                conflated++;
            }
        }
        return passing != null || !serving.isEmpty();
    }

    private boolean nextPass() {
        passing = serving.poll();
        if (passing == null) {
            return false;
        }
        passing.beginPass();
        return true;
    }

    private void endPass() {
        WatchedDay done = passing;
        passing = null;
        done.endPass();
        if (done.isWatched()) {
            served.accept(done.state());
        }
    }

    /** Whether days wait for the next flush. */
    public boolean hasChanges() {
        return !changed.isEmpty();
    }

    /** States that were skipped because a client had not yet room for the one before, since the start. */
    public long conflated() {
        return conflated;
    }

    /** Days that someone watches. */
    public int size() {
        return days.size();
    }

    void left(DayWatch watch) {
        watch.day.leave(watch);
        if (!watch.day.isWatched()) {
            days.remove(watch.day.key);
            source.leave(watch.day.key);
        }
    }
}
