package io.lasttable.notify.day;

import io.lasttable.notify.delivery.Connection;
import io.lasttable.notify.delivery.Frame;
import io.lasttable.notify.delivery.Message;
import io.lasttable.notify.delivery.Outbox;
import io.lasttable.notify.delivery.Watch;

/** One client's interest in one day; {@code has} is the version that the client holds or that is on its way to it. */
final class DayWatch extends Watch {

    final WatchedDay day;
    final Audience audience;
    /** Place among the day's watchers. */
    int index;

    private final DayWatches watches;
    /** Of a client that starts over. */
    private static final long NOTHING = -1;

    private long has;
    private boolean unconfirmed;

    DayWatch(DayWatches watches, Outbox outbox, String ref, WatchedDay day, long has, boolean confirm) {
        super(outbox, ref);
        this.watches = watches;
        this.day = day;
        this.has = has;
        this.unconfirmed = confirm;
        this.audience = day.join(this);
    }

    @Override
    protected boolean isBehind() {
        return day.isKnown() && (day.version() > has || unconfirmed && day.version() == has);
    }

    @Override
    protected boolean writeNext(Connection connection) {
        boolean left = day.version() == has
                ? connection.writeAlone(Message.current(ref(), has))
                : has == NOTHING ? connection.writeAlone(day.restarted(ref())) : writeNewest(connection);
        unconfirmed = false;
        has = day.version();
        return left;
    }

    private boolean writeNewest(Connection connection) {
        if (day.isPassing()) {
            return connection.write(day.shared(audience, has));
        }
        Frame frame = audience.encode(has, day);
        try {
            return connection.write(frame);
        } finally {
            frame.release();
        }
    }

    /** Whether the client names a version that this day does not have. */
    boolean isAhead() {
        return !isEnded() && has > day.version();
    }

    void startOver() {
        has = NOTHING;
    }

    @Override
    protected void leave() {
        watches.left(this);
    }
}
