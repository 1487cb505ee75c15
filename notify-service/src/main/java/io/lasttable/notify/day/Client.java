package io.lasttable.notify.day;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One connection's way out. At most one frame is in flight; what changes meanwhile is only marked, and the newest state is
 * encoded when the way is free. So a slow client costs one frame, skips states it would never have seen, and delays nobody.
 */
public final class Client {

    /** Writes a frame; {@link DayWatches#sent} is called once it is written. */
    public interface Outlet {
        void send(String frame);
    }

    private static final int MOST_REPLIES = 256;

    final Map<String, Watcher> watchers = new HashMap<>();
    private final Outlet outlet;
    private final Deque<String> replies = new ArrayDeque<>();
    private final Set<Watcher> behind = new LinkedHashSet<>();
    private boolean inFlight;

    public Client(Outlet outlet) {
        this.outlet = outlet;
    }

    /** Answers to the client's own messages; false when it sends more than it reads and should be closed. */
    boolean reply(String frame) {
        if (replies.size() >= MOST_REPLIES) {
            return false;
        }
        replies.add(frame);
        sendNext();
        return true;
    }

    void mark(Watcher watcher) {
        boolean added = behind.add(watcher);
        if (added) {
            sendNext();
        }
    }

    void forget(Watcher watcher) {
        boolean removed = behind.remove(watcher);
        assert removed || !behind.contains(watcher);
    }

    void sent() {
        inFlight = false;
        sendNext();
    }

    private void sendNext() {
        if (inFlight) {
            return;
        }
        String frame = replies.isEmpty() ? nextState() : replies.poll();
        if (frame != null) {
            inFlight = true;
            outlet.send(frame);
        }
    }

    private String nextState() {
        while (!behind.isEmpty()) {
            Watcher watcher = behind.iterator().next();
            forget(watcher);
            if (watcher.isBehind()) {
                return watcher.nextFrame();
            }
        }
        return null;
    }
}
