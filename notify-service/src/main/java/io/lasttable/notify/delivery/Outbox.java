package io.lasttable.notify.delivery;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection's watches and its way out. At most one frame is in flight: while it is, what changes is only marked, and
 * the newest state is encoded when the way is free. So a slow client costs one frame, skips states it would never have seen,
 * and delays nobody. Answers to the client's own messages go first and are bounded: who sends without reading is closed.
 *
 * <p>Used from one thread.
 */
public final class Outbox {

    private static final int MOST_REPLIES = 256;

    private final Connection connection;
    private final int mostWatches;
    private final Map<String, Watch> watches = new HashMap<>(2);
    private ArrayDeque<Message> replies;
    private ArrayDeque<Watch> behind;
    private boolean inFlight;
    private boolean closed;

    Outbox(Connection connection, int mostWatches) {
        this.connection = connection;
        this.mostWatches = mostWatches;
    }

    public Connection connection() {
        return connection;
    }

    public int watches() {
        return watches.size();
    }

    /** Whether a new watch may have this ref; if not, the client has been told why. */
    public boolean admits(String ref) {
        if (watches.containsKey(ref)) {
            reply(Message.error(ref, "duplicate-ref", "This ref watches something already; unwatch it first."));
            return false;
        }
        if (watches.size() >= mostWatches) {
            reply(Message.error(
                    ref, "too-many-watches", "At most " + mostWatches + " watches for each connection; unwatch one."));
            return false;
        }
        return !closed;
    }

    /** Starts a watch whose ref was admitted. */
    public void begin(Watch watch) {
        watches.put(watch.ref(), watch);
        offer(watch);
    }

    public void unwatch(String ref) {
        Watch watch = watches.remove(ref);
        if (watch == null) {
            reply(Message.error(ref, "unknown-ref", "Nothing is watched under this ref."));
        } else {
            end(watch);
        }
    }

    /** Ends a watch from this side and says why. */
    public void end(Watch watch, String code, String message) {
        Watch removed = watches.remove(watch.ref());
        if (removed != null) {
            end(removed);
            reply(Message.error(watch.ref(), code, message));
        }
    }

    /** An answer to what the client has sent, or news about its connection. */
    public void reply(Message message) {
        if (closed) {
            return;
        }
        if (!inFlight) {
            send(message);
            return;
        }
        if (replies == null) {
            replies = new ArrayDeque<>(4);
        }
        if (replies.size() >= MOST_REPLIES) {
            connection.overwhelmed();
            return;
        }
        replies.add(message);
    }

    /**
     * Sends what is new of a watch, now or when the way is free.
     *
     * @return false when an earlier state of the watch had been waiting and is skipped
     */
    @CanIgnoreReturnValue
    public boolean offer(Watch watch) {
        if (watch.ended || closed || !watch.isBehind()) {
            return true;
        }
        while (!inFlight && watch.isBehind()) {
            inFlight = !watch.writeNext(connection);
        }
        return !inFlight || !watch.isBehind() || mark(watch);
    }

    /** The frame in flight has left. */
    public void drained() {
        inFlight = false;
        while (!inFlight && replies != null && !replies.isEmpty()) {
            send(replies.poll());
        }
        while (!inFlight && behind != null && !behind.isEmpty()) {
            Watch watch = behind.poll();
            watch.marked = false;
            offer(watch);
        }
    }

    /** The connection is gone, or going. */
    public void closed() {
        closed = true;
        replies = null;
        behind = null;
        for (Watch watch : List.copyOf(watches.values())) {
            end(watch);
        }
        watches.clear();
    }

    private boolean mark(Watch watch) {
        if (watch.marked) {
            return false;
        }
        watch.marked = true;
        if (behind == null) {
            behind = new ArrayDeque<>(2);
        }
        behind.add(watch);
        return true;
    }

    private void send(Message message) {
        inFlight = !connection.writeAlone(message);
    }

    private static void end(Watch watch) {
        watch.ended = true;
        watch.leave();
    }
}
