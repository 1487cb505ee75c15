package io.lasttable.notify.day;

import io.lasttable.notify.delivery.Format;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import java.util.HashMap;
import java.util.Map;

/** The watchers of a day who get the very same bytes: same format, same ref. Keeps their frames for the length of a pass. */
final class Audience {

    record Key(Format format, String ref) {}

    final Key key;
    int members;
    private long from = -1;
    private Frame frame;
    private Map<Long, Frame> others;

    Audience(Key key) {
        this.key = key;
    }

    /** The frame for those who have version {@code has}; encoded once until {@link #release}. */
    Frame frame(long has, WatchedDay day) {
        if (has == from) {
            return frame;
        }
        if (frame == null) {
            frame = encode(has, day);
            from = has;
            return frame;
        }
        if (others == null) {
            others = new HashMap<>();
        }
        return others.computeIfAbsent(has, at -> encode(at, day));
    }

    Frame encode(long has, WatchedDay day) {
        return key.format().encode(message(has, day));
    }

    boolean holdsFrames() {
        return frame != null;
    }

    void release() {
        if (frame != null) {
            frame.release();
        }
        if (others != null) {
            others.values().forEach(Frame::release);
        }
        frame = null;
        others = null;
        from = -1;
    }

    private Message message(long has, WatchedDay day) {
        byte[] rest = day.restFor(has);
        return new Message(day.isWhole(rest) ? "day" : "change", key.ref(), rest, day.version());
    }
}
