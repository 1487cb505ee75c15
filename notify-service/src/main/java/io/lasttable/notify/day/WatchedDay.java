package io.lasttable.notify.day;

import io.lasttable.notify.delivery.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest state of a day, which slots changed since the versions before it, and its watchers.
 *
 * <p>A <i>pass</i> brings the newest state to all watchers, a slice at a time so that the thread can do other things between
 * two slices. Watchers in front of the cursor have been served; whoever joins or leaves during a pass keeps it so.
 */
final class WatchedDay {

    /** Versions for which a change can be sent; who has an older one gets the whole day. */
    private static final int REMEMBERED = 64;

    private record Earlier(long version, BitSet changedSince) {}

    final DayKey key;
    boolean queued;
    private final List<DayWatch> watchers = new ArrayList<>(2);
    private final Map<Audience.Key, Audience> audiences = new HashMap<>(2);
    private final List<Audience> withFrames = new ArrayList<>(2);
    private final Deque<Earlier> earlier = new ArrayDeque<>(4);
    private DayState state;
    private int cursor = -1;

    WatchedDay(DayKey key) {
        this.key = key;
    }

    boolean isKnown() {
        return state != null;
    }

    long version() {
        return state == null ? 0 : state.version();
    }

    DayState state() {
        return state;
    }

    /** Takes a state unless it has one as new: duplicates, replays and late snapshots change nothing. */
    boolean take(DayState candidate) {
        if (candidate.version() <= version()) {
            return false;
        }
        if (state != null) {
            remember(candidate);
        }
        state = candidate;
        releaseFrames();
        return true;
    }

    private void remember(DayState candidate) {
        BitSet changed = candidate.changedSince(state);
        if (changed == null) {
            earlier.clear();
            return;
        }
        earlier.forEach(version -> version.changedSince().or(changed));
        earlier.addLast(new Earlier(state.version(), changed));
        if (earlier.size() > REMEMBERED) {
            earlier.removeFirst();
        }
    }

    Audience join(DayWatch watch) {
        watch.index = watchers.size();
        watchers.add(watch);
        var key = new Audience.Key(watch.outbox().connection().format(), watch.ref());
        Audience audience = audiences.computeIfAbsent(key, Audience::new);
        audience.members++;
        return audience;
    }

    void leave(DayWatch watch) {
        int hole = watch.index;
        if (hole < cursor) {
            cursor--;
            move(cursor, hole);
            hole = cursor;
        }
        int last = watchers.size() - 1;
        if (hole != last) {
            move(last, hole);
        }
        watchers.remove(last);
        if (--watch.audience.members == 0) {
            release(watch.audience);
            audiences.remove(watch.audience.key);
        }
    }

    private void move(int from, int to) {
        DayWatch moved = watchers.get(from);
        watchers.set(to, moved);
        moved.index = to;
    }

    List<DayWatch> watchers() {
        return watchers;
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    void beginPass() {
        cursor = 0;
    }

    boolean isPassing() {
        return cursor >= 0;
    }

    /** The next watcher of the pass; null at its end. */
    DayWatch next() {
        return cursor < watchers.size() ? watchers.get(cursor++) : null;
    }

    void endPass() {
        cursor = -1;
        releaseFrames();
    }

    /** A frame that lives until the pass ends or the state changes. */
    Frame shared(Audience audience, long has) {
        if (!audience.holdsFrames()) {
            withFrames.add(audience);
        }
        return audience.frame(has, this);
    }

    byte[] restFor(long has) {
        for (Earlier version : earlier) {
            if (version.version() == has) {
                return state.changeFrom(has, version.changedSince());
            }
        }
        return state.whole();
    }

    boolean isWhole(byte[] rest) {
        return rest == state.whole();
    }

    private void release(Audience audience) {
        audience.release();
        withFrames.remove(audience);
    }

    private void releaseFrames() {
        withFrames.forEach(Audience::release);
        withFrames.clear();
    }
}
